"""A question in the person's own words: answered, narrowed down, or honestly not known."""

from dataclasses import replace

from bot.conversation import answers
from bot.conversation.answerers import commands
from bot.conversation.moment import Moment
from bot.conversation.replies import Choice, pick, plain
from bot.conversation.replies.words import nearly
from bot.model import Button, Count, Said, Say, Tapped, Turn

GREETINGS = ("hello", "thanks", "bye", "okay")


def offered(moment: Moment) -> Turn | None:
    """ "The 2nd one": a choice of the last message, typed instead of tapped."""
    person = moment.person
    known = [button for button in person.offered if button.code]
    if person.place or not moment.typed or not known or len(moment.said.split()) > 7:
        return None
    picked = pick(moment.said, tuple(Choice(button.code, (button.label,)) for button in known))
    if picked is None:
        return None
    return commands.command(replace(moment, event=Tapped(picked), said=""))


def greets(moment: Moment) -> bool:
    """Hello, also with a slip of the finger: no answer to anything."""
    return _means(moment, "hello")


def _means(moment: Moment, name: str) -> bool:
    said = plain(moment.said)
    return bool(said) and any(nearly(said, plain(word)) for word in moment.texts.variants(f"says.{name}"))


def small_talk(moment: Moment) -> Turn | None:
    """Hello, thanks, bye."""
    if not moment.typed:
        return None
    for name in GREETINGS:
        if _means(moment, name):
            shown = commands.menu(moment, f"talk.{name}")
            return replace(shown, person=replace(shown.person, place=moment.person.place))
    return None


def question(moment: Moment) -> Turn | None:
    """Search the articles: sure answers, unsure offers the nearest, unknown says so."""
    if not isinstance(moment.event, Said) or not plain(moment.said):
        return None
    found = moment.world.find(moment.person, moment.said)
    counted = Count("question", (("confidence", found.confidence), ("channel", moment.person.channel)))
    if found.confidence == "unknown" or not found.hits:
        say = commands.unknown(moment)
        return _said(moment, say, counted)
    nearest = tuple(hit.id for hit in found.hits)
    if found.confidence == "unsure":
        return _said(moment, answers.choices(moment, found.hits[:3]), counted)
    say = answers.article(moment, nearest[0], guess=True) or commands.unknown(moment)
    return _said(moment, say, counted, nearest[1:4])


def surely(moment: Moment) -> Turn | None:
    """The answer, but only when there is no doubt."""
    if not isinstance(moment.event, Said) or len(moment.said.split()) < 2:
        return None
    return question(moment) if moment.world.find(moment.person, moment.said).confidence == "sure" else None


def _said(moment: Moment, say: Say, counted: Count, nearest: tuple[str, ...] = ()) -> Turn:
    buttons: tuple[Button, ...] = tuple(button for row in say.rows for button in row)
    person = replace(moment.person, offered=buttons, nearest=nearest, misses=0)
    return Turn(person, (say, counted))
