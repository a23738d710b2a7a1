"""Phone numbers as people type them, checked by the field's own library."""

import re

import phonenumbers

from bot.conversation.replies.words import plain

SHORTEST = 100_000_000
"""No number to call back has fewer than 9 digits; 999 and 111 are not to call back."""
MOBILE = re.compile(r"7\d{8}")
"""A mobile number with one digit too few, which the library lets pass as possible."""


def read_phone(text: str) -> str | None:
    """The number as it is dialled in the United Kingdom ("0131 496 0000"), or None."""
    try:
        number = phonenumbers.parse(plain(text), "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or (number.national_number or 0) < SHORTEST:
        return None
    home = number.country_code == 44
    if home and MOBILE.fullmatch(str(number.national_number)):
        return None
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
