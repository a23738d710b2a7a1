"""What a leaflet leads to, the signed link that says it, and the short code that is printed under it."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple, TypeAlias, get_args

Purpose: TypeAlias = Literal["check", "video", "area", "session", "article", "start"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
Paper: TypeAlias = Literal["a5", "a4", "poster", "card"]
Kind: TypeAlias = Literal["a5", "a4", "poster", "card", "screen"]
"""On paper, or on the screen of a waiting room."""
PAPERS: tuple[Paper, ...] = get_args(Paper)
Fault: TypeAlias = Literal["mistyped", "forged"]

PAYLOAD = 64
"""Characters of a link's payload, as Telegram allows."""
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without those that look like one another."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SHORTEST = 2
"""Characters of a short code before its check character; most deployments never need a third."""
LONGEST = 6
SEAL = 12
"""Characters of a signature: 72 bits."""
VIDEOS = "exercise-videos"
"""The answer that the code for a video leads to."""
AREA = 8
"""An area's id that is longer is written as a digest, so that the longest link still fits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a leaflet to be. The same wish is the same leaflet."""

    purpose: Purpose
    target: str = ""
    area: str = ""
    language: str = "en"
    kind: Kind = "a5"
    large: bool = False


class Leaflet(NamedTuple):
    """What a link says; `area` may be a digest until `known_area` has named it."""

    id: int
    purpose: Purpose
    target: str = ""
    area: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class LeafletLinks:
    """Writes and reads the payloads of one deployment. Nobody else can make one that is read."""

    key: bytes

    @classmethod
    def of(cls, secret: str) -> "LeafletLinks":
        """With a key that is used for nothing else."""
        return cls(hmac.digest(secret.encode(), b"leaflets", "sha256"))

    def write(self, leaflet: Leaflet) -> str:
        """At most 64 characters of A-Z, a-z, 0-9, _ and -."""
        number = _number(leaflet.id)
        if not 1 <= len(number) <= LONGEST:
            raise ValueError(f"no link is made for leaflet {leaflet.id}")
        parts = (_LETTERS[leaflet.purpose] + number, leaflet.target, short_area(leaflet.area))
        body = "_".join((*parts, leaflet.language))
        return self._sealed(f"{body}_")

    def read(self, payload: str) -> Leaflet | Fault:
        """What it says; else "mistyped" where the check character does not fit, or "forged" if not ours."""
        text, seal = payload[: -SEAL - 1], payload[-SEAL - 1 :]
        parts = text.split("_")
        if len(payload) > PAYLOAD or len(parts) != 5 or not set(payload) <= set(LETTERS):
            return "mistyped"
        if check_character(text + seal[1:], LETTERS) != seal[0]:
            return "mistyped"
        if not hmac.compare_digest(self._sealed(text), payload):
            return "forged"
        number = read_number(parts[0][1:])
        return Leaflet(number or 0, _PURPOSES[parts[0][0]], *parts[1:4])

    def _sealed(self, text: str) -> str:
        """The text with its check character and its signature."""
        digest = hmac.digest(self.key, text.encode(), "sha256")
        seal = urlsafe_b64encode(digest)[:SEAL].decode()
        return text + check_character(text + seal, LETTERS) + seal


def is_signed(payload: str) -> bool:
    """Whether it means to be one of ours: unsigned ones begin with a small letter."""
    return payload[:1] in _PURPOSES


def short_area(area: str) -> str:
    """An area's id as links hold it."""
    return area if len(area) <= AREA else "H" + sha256(area.encode()).hexdigest()[: AREA - 1]


def known_area(leaflet: Leaflet, areas: Iterable[str]) -> Leaflet:
    """With the area's own id; "" for one that is not there any more."""
    return leaflet._replace(area=next((one for one in areas if short_area(one) == leaflet.area), ""))


# ---- short codes ----------------------------------------------------------------------------------------


def short_code(id: int) -> str:
    """ "7K4": what is printed, the last character a check on the others."""
    number = _number(id).rjust(SHORTEST, "0")
    return number + check_character(number, CROCKFORD)


def read_short_code(typed: str) -> int | None:
    """The leaflet's id; small letters, O for 0 and I or L for 1 are forgiven. None for a slip of the pen."""
    plain = typed.strip().upper().translate(_LOOKALIKES)
    number, check = plain[:-1], plain[-1:]
    if not SHORTEST <= len(number) <= LONGEST or not set(plain) <= set(CROCKFORD):
        return None
    return read_number(number) if check_character(number, CROCKFORD) == check else None


def read_number(written: str) -> int | None:
    """A number in Crockford's 32 digits; None for anything else."""
    if not written or not set(written) <= set(CROCKFORD):
        return None
    total = 0
    for character in written:
        total = total * 32 + CROCKFORD.index(character)
    return total


def check_character(text: str, alphabet: str) -> str:
    """By Luhn's rule over this alphabet: every single wrong character is noticed. Raises ValueError."""
    size, total = len(alphabet), 0
    for place, character in enumerate(reversed(text)):
        worth = alphabet.index(character) * (2 if place % 2 == 0 else 1)
        total += worth // size + worth % size
    return alphabet[-total % size]


def _number(id: int) -> str:
    written = ""
    while id > 0:
        id, digit = divmod(id, 32)
        written = CROCKFORD[digit] + written
    return written


_LETTERS: dict[Purpose, str] = {
    "check": "C",
    "video": "V",
    "area": "A",
    "session": "X",
    "article": "R",
    "start": "S",
}
_PURPOSES: dict[str, Purpose] = {letter: purpose for purpose, letter in _LETTERS.items()}
_LOOKALIKES = str.maketrans("OIL", "011")
