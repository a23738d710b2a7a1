"""respond(): the order of the answerers is the policy. Safety comes first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.bookings import Done, SessionDate
from bot.content import Content
from bot.conversation import calendars, engine, private, told
from bot.conversation.answerers import (
    arrivals,
    asked,
    bookings,
    commands,
    compassion,
    fallback,
    feedback,
    glossary,
    leaflets,
    open_question,
    safety,
    team,
)
from bot.conversation.calendars import Changed
from bot.conversation.expiry import expired
from bot.conversation.held import report
from bot.conversation.moment import Answerer, Moment, question_at
from bot.conversation.planning import in_words
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.ics import CalendarEvent
from bot.model import CancelHandover, Event, Level, Opened, Person, Said, Say, Sent, Turn

LONGEST = 2_000
"""Characters of a message that are answered. The red flags read more: see bot/safety."""
NEVER = datetime.min.replace(tzinfo=UTC)
"""For a card that is only shown: nothing about the person is kept."""
LEVELS = frozenset(level.value for level in Level)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Navigator:
    """The whole conversation over one world. Pure: the same arguments give the same turn."""

    world: World

    @property
    def content(self) -> Content:
        return self.world.content

    def texts_for(self, person: Person) -> Texts:
        return self.world.texts_for(person)

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        """Ask each answerer in order; the last one always answers."""
        person = replace(person, turns=person.turns + 1)
        moment = leaflets.forgotten(Moment(self.world, person, event, now))
        if (turn := safety.urgent(moment)) is not None:
            return _with_offers(team.warned(moment, turn))
        masked = private.mask(_clean(_typed(event)), numbers=not asks_for_a_phone(moment))
        moment = replace(moment, said=masked.text)
        answered = _noticed(moment, masked.kinds, _answered(moment))
        return _with_offers(compassion.returned(moment, answered))

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        """Something of ours broke: the card that the words call for, else a kind line with the numbers."""
        card = safety.only_card(Moment(self.world, person, event, NEVER)) if event else None
        return card or Say(self.texts_for(person)("our-mistake"))

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        """What is held about this person, as words and as JSON to keep."""
        return report(self.texts_for(person), held, self.content.flows)

    def told(self, person: Person, done: Done, now: datetime) -> tuple[Say, ...]:
        """What came of a booking or a programme, in words."""
        return told.in_words(Moment(self.world, person, Opened(), now), done)

    def plan_page(self, person: Person) -> Say | None:
        """This person's plan as a page to print; None when it is empty."""
        if not person.plan:
            return None
        return Say(in_words(self.texts_for(person), person.plan, person.language), look="page")

    def page_of_link(self, token: str, now: datetime) -> tuple[str, str] | None:
        """Which page of whom a signed link leads to; None for a link that is not ours, or too old."""
        links = self.world.local.links
        return links.read(token, now) if links else None

    def calendar(
        self, person: Person, date: SessionDate, changed: Changed | None, now: datetime
    ) -> CalendarEvent | None:
        """A date of a session for somebody's own calendar; None for one that is not there."""
        return calendars.event(self.world, self.texts_for(person), date, changed, now)

    def flagged_card(self, person: Person, text: str, now: datetime) -> Say | None:
        """The card a text calls for, for a channel that must show it even when it refuses the message."""
        return safety.only_card(Moment(self.world, person, Said(text), now))


def _with_offers(turn: Turn) -> Turn:
    """The buttons of the last message can be typed, until the next; an open question reads its own. Those
    of cards can be typed with a question below them, too, and those of a safety card with a line below."""
    says = [action for action in turn.actions if isinstance(action, Say)]
    last = says[-1].rows if says and turn.person.place is None else ()
    cards = [row for say in says for row in say.rows if say.look in LEVELS or bookings.is_about(row)]
    rows = dict.fromkeys((*last, *cards))
    offered = tuple(button for row in rows for button in row if button.code)
    return replace(turn, person=replace(turn.person, offered=offered))


def asks_for_a_phone(moment: Moment) -> bool:
    place = moment.person.place
    step = question_at(moment.world, place.frames) if place else None
    return step is not None and step.ask == "phone"


def _typed(event: Event) -> str:
    match event:
        case Said(text):
            return text
        case Sent(_, caption):
            return caption
        case _:
            return ""


def _clean(text: str) -> str:
    return CONTROL.sub("", text[: 4 * LONGEST])[:LONGEST]


def _answered(moment: Moment) -> Turn:
    if isinstance(moment.event, Sent) and moment.said.strip():
        moment = replace(moment, event=Said(moment.said))
    moment, before = expired(moment)
    for answerer in AFTER_A_WHILE if before else ANSWERERS:
        if (turn := answerer(moment)) is not None:
            return replace(turn, actions=engine.merged((*before, *turn.actions)))
    return moment.turn(*before) if before else fallback.anything(moment)


def _noticed(moment: Moment, kinds: tuple[str, ...], turn: Turn) -> Turn:
    """Before the answer: what Telegram can read (once), a photo refused, details that were not kept."""
    notices = [Say(moment.say(f"private.{kind}")) for kind in kinds]
    if isinstance(moment.event, Sent) and moment.said.strip():
        notices.append(Say(moment.say("sent.caption")))
    cancelled = [action.kind for action in turn.actions if isinstance(action, CancelHandover)]
    notices += [Say(moment.say(f"handover.cancelled.{kind}")) for kind in dict.fromkeys(cancelled)]
    person = turn.person
    if person.channel == "telegram" and "telegram" not in person.told:
        notices.append(Say(moment.say("telegram.privacy")))
        person = replace(person, told=(*person.told, "telegram"))
    return Turn(person, engine.merged((*notices, *turn.actions))) if notices else turn


ANSWERERS: tuple[Answerer, ...] = (
    arrivals.opened,
    open_question.exactly,
    commands.command,
    bookings.booking,
    feedback.feedback,
    arrivals.not_text,
    arrivals.changed,
    open_question.open_question,
    asked.offered,
    arrivals.located,
    asked.small_talk,
    team.to_team,
    glossary.word,
    asked.question,
    fallback.old_button,
)

AFTER_A_WHILE: tuple[Answerer, ...] = (
    arrivals.opened,
    commands.command,
    bookings.booking,
    feedback.feedback,
    arrivals.not_text,
    team.to_team,
    glossary.question,
    asked.surely,
)
"""What still counts when the open question is gone: a reply to it does not, a clear question does."""
