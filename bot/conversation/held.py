"""What we hold about someone, told in words, with the JSON to keep."""

import json
from collections.abc import Mapping

from bot.conversation.buttons import commands, rows
from bot.conversation.texts import Texts
from bot.model import Say


def report(texts: Texts, held: Mapping[str, object]) -> Say:
    """One line a kind of thing, then all of it as JSON."""
    lines = [
        texts(f"mydata.{name}", value=_words(texts, value))
        for name, value in held.items()
        if _known(texts, name)
    ]
    export = json.dumps(held, ensure_ascii=False, indent=1, default=str, sort_keys=True)
    text = "\n".join((texts("mydata.text"), *lines, "", texts("mydata.export"), export))
    return Say(text, rows(commands(texts, "delete", "menu")), sensitive=True)


def _known(texts: Texts, name: str) -> bool:
    return f"mydata.{name}" in texts.sentences["en"]


def _words(texts: Texts, value: object) -> str:
    if isinstance(value, list | tuple | dict):
        return str(len(value)) if value else texts("mydata.nothing")
    return str(value) if value else texts("mydata.nothing")
