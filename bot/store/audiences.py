"""Whom a broadcast reaches: people who opted in, by what they chose, and never anyone who stopped."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Moment, Number
from bot.store.engine import upsert
from bot.store.ledger import AT_ONCE, Urgency
from bot.store.sqlite import LONG
from bot.store.tables import bookings, consents, ledger, occasions, people

NEWS = "news"
REACHED = ("sent", "unsure")


@dataclass(frozen=True, slots=True)
class Audience:
    """Empty fields wish nothing; all that is given must fit.

    Without a session it is those who said yes to news. With one it is those who are booked on it (on the
    date `listed`, or on any): their booking is their yes. `got` is a broadcast: only those who got it.
    """

    areas: tuple[str, ...] = ()
    cancer: str = ""
    topic: str = ""
    language: str = ""
    session: str = ""
    listed: datetime | None = None
    got: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people, by channel and by language, and how many are left out by reason: stopped (or in the
    compassion pause), unreachable, no-consent, no-channel."""

    people: int = 0
    by_channel: Mapping[str, int] = field(default_factory=dict)
    by_language: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)


def write(audience: Audience) -> str:
    """As JSON, for its row."""
    listed = audience.listed.isoformat() if audience.listed else None
    return json.dumps(
        {name: value for name, value in (asdict(audience) | {"listed": listed}).items() if value}
    )


def read(text: str) -> Audience:
    """What `write` wrote."""
    found = json.loads(text)
    listed = found.get("listed")
    found["listed"] = datetime.fromisoformat(listed) if listed else None
    return Audience(**found | {"areas": tuple(found.get("areas", ()))})


async def reach(tx: AsyncConnection, audience: Audience) -> Reach:
    """Counted as people are now."""
    left_out = case(*((why, literal(name)) for name, why in _reasons(audience).items()), else_="").label(
        "why"
    )
    counted = select(people.c.channel, people.c.language, left_out, func.count().label("many"))
    counted = counted.where(_chosen(audience)).group_by(people.c.channel, people.c.language, left_out)
    rows = (await tx.execute(counted)).all()
    inside = [row for row in rows if not row.why]
    return Reach(
        sum(row.many for row in inside),
        _sums((row.channel, row.many) for row in inside),
        _sums((row.language, row.many) for row in inside),
        _sums((row.why, row.many) for row in rows if row.why),
    )


async def freeze(
    tx: AsyncConnection, about: str, audience: Audience, letters: Mapping[str, int], now: datetime
) -> int:
    """Write one held row for everybody, in one statement; how many there are. Again, it adds nobody twice."""
    put = (
        upsert(tx.dialect.name, ledger)
        .prefix_with(LONG)
        .from_select(_FROZEN, _rows(about, audience, letters, now))
    )
    await tx.execute(put.on_conflict_do_nothing(index_elements=["key"]))
    counted = select(func.count()).where(ledger.c.about == about, ledger.c.act == "send")
    return int((await tx.execute(counted)).scalar_one())


async def first(tx: AsyncConnection, audience: Audience, limit: int) -> Sequence[Row[Any, Any]]:
    """The first who would get it, in sending order: channel, language."""
    chosen = select(people.c.channel, people.c.language).where(*_reached(audience))
    return (await tx.execute(chosen.order_by(people.c.id).limit(limit))).all()


def in_their_language(letters: Mapping[str, int]) -> ColumnElement[int]:
    """The letter for a person: in their language, in English where it has none."""
    others = {language: letter for language, letter in letters.items() if language != "en"}
    english = literal(letters["en"], Number)
    return case(others, value=people.c.language, else_=english) if others else english


def _rows(about: str, audience: Audience, letters: Mapping[str, int], now: datetime) -> Select[Any]:
    """The columns of _FROZEN, for everybody, in sending order."""
    return (
        select(
            literal(f"{about}:").concat(people.c.id),
            literal(int(Urgency.BROADCAST)),
            literal(about),
            people.c.id,
            people.c.channel,
            people.c.address,
            in_their_language(letters),
            literal("held"),
            literal(now, Moment),
            literal(AT_ONCE, Moment),
            literal(0),
            literal(0),
            literal(now, Moment),
            false(),
        )
        .where(*_reached(audience))
        .order_by(people.c.id)
        # Who is being erased at this moment is waited for and left out: a row that names nobody cannot be.
        .with_for_update(read=True, key_share=True, of=people)
    )


_FROZEN = (
    "key",
    "urgency",
    "about",
    "person",
    "channel",
    "address",
    "letter",
    "state",
    "due",
    "not_before",
    "attempts",
    "repeats",
    "touched",
    "forget",
)


def _reached(audience: Audience) -> tuple[ColumnElement[bool], ...]:
    return (_chosen(audience), *(not_(why) for why in _reasons(audience).values()))


def _chosen(audience: Audience) -> ColumnElement[bool]:
    """Who fits, whether or not we may write to them."""
    fits: list[ColumnElement[bool]] = [people.c.area.in_(audience.areas)] if audience.areas else []
    wishes = {"cancer": audience.cancer, "topic": audience.topic}
    liked = people.c.interests
    fits += [liked.contains(f"|{name}={it}|", autoescape=True) for name, it in wishes.items() if it]
    if audience.language:
        fits.append(people.c.language == audience.language)
    if audience.got is not None:
        fits.append(_got(audience.got))
    elif audience.session:
        fits.append(_booked(audience))
    return and_(true(), *fits)


def _reasons(audience: Audience) -> dict[str, ColumnElement[bool]]:
    """Why somebody who fits gets nothing; the first that holds counts."""
    reasons = {
        "no-channel": people.c.channel == "terminal",
        "stopped": people.c.stopped,
        "unreachable": not_(people.c.reachable),
    }
    return reasons if audience.session else reasons | {"no-consent": ~_said_yes()}


def _said_yes() -> ColumnElement[bool]:
    return exists().where(
        consents.c.person == people.c.id, consents.c.switch == NEWS, consents.c.withdrawn.is_(None)
    )


def _booked(audience: Audience) -> ColumnElement[bool]:
    here = [occasions.c.session == audience.session]
    if audience.listed is not None:
        here.append(occasions.c.listed == audience.listed)
    places = select(bookings.c.person).join(occasions, bookings.c.occasion == occasions.c.id)
    return people.c.id.in_(places.where(bookings.c.state == "booked", *here))


def _got(broadcast: int) -> ColumnElement[bool]:
    of_it = (ledger.c.about == f"broadcast:{broadcast}", ledger.c.act == "send", ledger.c.state.in_(REACHED))
    return people.c.id.in_(select(ledger.c.person).where(*of_it))


def _sums(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for name, many in pairs:
        sums[name] = sums.get(name, 0) + many
    return sums
