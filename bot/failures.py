"""How sending a message may fail: the words that channels and the sender share."""


class TryLater(Exception):
    """Surely not delivered; try again after `seconds`. `everyone` pauses all sending of this bot."""

    def __init__(self, seconds: float = 1.0, everyone: bool = False) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.everyone = everyone


class Gone(Exception):
    """This address cannot be reached any more (blocked, deleted)."""


class Moved(Exception):
    """The chat has a new address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Refused(Exception):
    """The channel will never take this message; the reason holds no words of a person."""


class Unsure(Exception):
    """The request went out and no answer came: nobody knows whether it arrived."""
