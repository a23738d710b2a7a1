"""A broadcast as people read it: its words, the line that says how to stop, and the button for it. Pure."""

from bot.conversation import codes
from bot.conversation.world import World
from bot.messaging.broadcasts.words import Draft
from bot.model import Button, Person, Say


def languages(draft: Draft) -> tuple[str, ...]:
    """The languages that have words of their own, English first."""
    written = [language for language, text in sorted(draft.texts.items()) if text.strip()]
    return tuple(sorted(written, key=lambda language: language != "en"))


def render(draft: Draft, language: str, world: World) -> Say:
    """The message for people of this language; English where it has no words."""
    if not draft.texts.get(language, "").strip():
        language = "en"
    texts = world.texts_for(Person(language=language))
    booked, text = bool(draft.audience.session), draft.texts[language].strip()
    command = "stop" if booked else "off-news"
    button = Button(texts(f"button.{command}"), codes.write("command", command))
    footer = texts("news.stop-booked" if booked else "news.stop")
    return Say(f"{text}\n\n{footer}", ((button,),))


def withdrawn(language: str, world: World) -> Say:
    """What stands in the place of a message that was recalled and cannot be deleted."""
    return Say(world.texts_for(Person(language=language))("news.withdrawn"))
