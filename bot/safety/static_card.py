"""The card of last resort: it ships with the program, for when the content or the matcher is broken."""

from functools import cache
from importlib.resources import files

import yaml

from bot.content.flags import Card

FILE = "static_card.yaml"


@cache
def static_card() -> Card:
    """ "If you feel unwell", with the two numbers that hold everywhere in the UK."""
    return Card.model_validate(yaml.safe_load((files("bot.safety") / FILE).read_text("utf-8")))
