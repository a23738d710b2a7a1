"""A question in the person's own words: answered, narrowed down, or honestly not known."""

from dataclasses import replace

from bot.bookings import ShowBookings
from bot.conversation import answers, codes, measuring
from bot.conversation.answerers import commands, leading
from bot.conversation.moment import Moment
from bot.conversation.replies import Choice, label, pick_label, plain, yes_or_no
from bot.conversation.replies.words import ENDEARMENTS, nearly
from bot.model import Action, Button, Count, Said, Say, Tapped, Turn

DELETE = codes.write("command", "delete-yes")
KEEP = codes.write("command", "delete-no")
NOT_IN_DANGER = codes.write("command", "not-in-danger")
OF_A_TALK = tuple(codes.write("command", name) for name in ("end-talk", "ask-chat", "talk-again"))
"""Never meant by a number or a yes: that would end a talk in the middle of an answer."""
GREETINGS = ("hello", "thanks", "bye", "okay")
ALSO_FOR_THE_TEAM = ("thanks", "okay")
"""Yes, no and thank you: in an open talk they are said to the people who asked."""


def offered(moment: Moment) -> Turn | None:
    """ "The 2nd one": a button of the last message, typed instead of tapped."""
    known = [button for button in moment.person.offered if button.code]
    if moment.person.place or not moment.typed or not known:
        return None
    picked = _answer_to_one(moment, known) or _typed(moment, [b for b in known if b.code not in OF_A_TALK])
    return commands.command(replace(moment, event=Tapped(picked), said="")) if picked else None


def _answer_to_one(moment: Moment, known: list[Button]) -> str | None:
    """Yes or no, where there is one thing to say yes to: carry on, or delete."""
    texts, codes_ = moment.texts, [button.code for button in known]
    said = yes_or_no(moment.said, texts.variants("says.yes"), texts.variants("says.no"), clearly=True)
    if len(known) == 1:
        return codes_[0] if said and codes_[0] not in OF_A_TALK else None
    if DELETE in codes_ and said is not None:
        return DELETE if said else KEEP
    return None


def _typed(moment: Moment, known: list[Button]) -> str | None:
    """By its words or its number; on a safety card, and while a talk with the team is open, by its words
    only: "2" may be the answer to what the team asked."""
    if len(moment.said.split()) > 7 or not known:
        return None
    choices = tuple(Choice(button.code, (button.label, *_also(moment, button))) for button in known)
    numbered = not moment.person.relay and NOT_IN_DANGER not in [choice.id for choice in choices]
    return pick_label(moment.said, choices, by_position=numbered)


def _also(moment: Moment, button: Button) -> tuple[str, ...]:
    """Shorter words for "Tell me more" and for "I am not in danger"."""
    code = codes.read(button.code)
    if button.code == NOT_IN_DANGER:
        return moment.texts.variants("says.not-in-danger")
    return moment.texts.variants("says.more") if code and code.target == "more" else ()


def greets(moment: Moment) -> bool:
    """Hello, also with a slip of the finger: no answer to anything."""
    return _means(moment, "hello")


def _means(moment: Moment, name: str) -> bool:
    words = plain(moment.said).split()
    said = " ".join([word for word in words if word not in ENDEARMENTS] or words)
    return bool(said) and any(nearly(said, label(word)) for word in moment.texts.variants(f"says.{name}"))


def small_talk(moment: Moment) -> Turn | None:
    """Hello, thanks, bye."""
    if not moment.typed:
        return None
    talks = moment.person.relay and not moment.person.place
    for name in GREETINGS:
        if talks and name in ALSO_FOR_THE_TEAM:
            continue
        if _means(moment, name):
            shown = leading.menu(moment, f"talk.{name}")
            if name == "okay":
                # "Yes" may be the answer to an offered place, which came between two of their messages.
                shown = replace(shown, actions=(*shown.actions, ShowBookings(offers_only=True)))
            return replace(shown, person=replace(shown.person, place=moment.person.place))
    return None


def question(moment: Moment) -> Turn | None:
    """Search the articles: sure answers, unsure offers the nearest, unknown says so."""
    if not isinstance(moment.event, Said) or not plain(moment.said):
        return None
    found = moment.world.find(moment.person, moment.said)
    counted = (
        Count("question", (("confidence", found.confidence), ("channel", moment.person.channel))),
        measuring.question(moment, found),
    )
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


def _said(moment: Moment, say: Say, counted: tuple[Action, ...], nearest: tuple[str, ...] = ()) -> Turn:
    return Turn(replace(moment.person, nearest=nearest), (say, *counted))
