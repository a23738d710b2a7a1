"""Who asks for something, and where messages reach them."""

from typing import NamedTuple


class Whose(NamedTuple):
    """The person of a turn, as those who plan messages for them need to know them."""

    person: str
    channel: str
    address: str
    language: str
