"""Passwords: which are refused, and the Argon2 hashes that are kept of the others."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 256
FEWEST_SIGNS = 5
"""Different characters."""
BESIDE_THE_NAME = 8
"""Characters that must be left when the person's own name is taken out."""
COMMON = Path(__file__).with_name("common_passwords.txt")
HASHER = PasswordHasher()


def mistake(password: str, again: str, name: str) -> str:
    """Why this password is refused, as the last part of a text's key; "" where it is good."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST or len(password) > LONGEST:
        return "long"
    if plain in common() or len(set(plain)) < FEWEST_SIGNS:
        return "common"
    if _is_their_name(plain, name):
        return "name"
    return "" if password == again else "differ"


def hashed(password: str) -> str:
    """Takes a moment of a processor: call it in a thread."""
    return HASHER.hash(normal(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash. Takes as long where there is none. Call it in a thread."""
    try:
        return HASHER.verify(kept or _nobodys(HASHER), normal(password[:LONGEST])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def renewed(kept: str, password: str) -> str | None:
    """A hash by today's parameters where the kept one has others."""
    return hashed(password) if HASHER.check_needs_rehash(kept) else None


def normal(password: str) -> str:
    """The same characters, however the keyboard put them together."""
    return unicodedata.normalize("NFKC", password)


@cache
def common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")


def _plain(password: str) -> str:
    """As it is compared: "Password 1234" is "password1234"."""
    return "".join(normal(password).casefold().split())


def _is_their_name(plain: str, name: str) -> bool:
    left = plain
    for word in normal(name).casefold().split():
        left = left.replace(word, "") if len(word) >= 3 else left
    return len(left) < min(BESIDE_THE_NAME, len(plain))
