"""When the team is there: over weekends, closed days and both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.conversation.opening import team_hours
from bot.hours import NO_HOURS, Hours, Opening, read_days, read_openings
from bot.model import Person
from bot.settings import Settings, problems
from tests.handover.people import WORLD

LONDON = ZoneInfo("Europe/London")
OFFICE = Hours(read_openings("Mon-Fri 09:00-17:00, Sat 10:00-12:00"), read_days("2026-12-25"))


EVERY_DAY = [date(2026, 11, 1) + timedelta(days=number) for number in range(500)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "back"),
    [
        ("2026-11-23T08:59", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T17:00", "2026-11-24T09:00"),
        ("2026-11-28T12:00", "2026-11-30T09:00"),
        ("2026-12-24T18:00", "2026-12-26T10:00"),
        ("2027-03-27T12:30", "2027-03-29T09:00"),
        ("2026-10-24T13:00", "2026-10-26T09:00"),
    ],
)
def test_the_next_opening_is_by_the_clinics_own_clock(now: str, back: str) -> None:
    assert OFFICE.next_open(at(now)) == at(back)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))
OPENINGS = st.builds(
    lambda day, begins, minutes: Opening(day, time(begins), (datetime(2026, 1, 1, begins) + minutes).time()),
    st.integers(0, 6),
    st.integers(0, 21),
    st.timedeltas(timedelta(minutes=15), timedelta(hours=2)),
)
NEAR_CHANGES = st.sampled_from(
    (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC))
).flatmap(lambda day: st.timedeltas(timedelta(hours=-3), timedelta(hours=3)).map(lambda by: day + by))


@settings(max_examples=150, deadline=None)
@given(st.lists(OPENINGS, min_size=1, max_size=4), MOMENTS | NEAR_CHANGES)
def test_they_are_there_when_they_are_said_to_be_back_and_never_sooner(
    openings: list[Opening], now: datetime
) -> None:
    hours = Hours(tuple(openings), frozenset({date(2026, 12, 25)}))
    back = hours.next_open(now)
    assert back is not None and back >= now and hours.is_open(back)
    quarters = int((back - now) / timedelta(minutes=15))
    between = (now + timedelta(minutes=15) * number for number in range(min(quarters, 200)))
    assert not any(hours.is_open(one) for one in between if one < back)


def test_where_nobody_has_set_hours_nothing_is_promised() -> None:
    texts = WORLD.texts_for(Person())
    assert NO_HOURS.next_open(at("2026-11-23T10:00")) is None
    assert "I cannot say when" in team_hours(NO_HOURS, texts, at("2026-11-23T10:00"))
    never = Hours((Opening(0, time(9), time(10)),), frozenset(EVERY_DAY))
    assert "I cannot say when" in team_hours(never, texts, at("2026-11-23T10:00"))


def test_hours_are_said_as_people_say_them() -> None:
    texts = WORLD.texts_for(Person())
    assert team_hours(OFFICE, texts, at("2026-11-23T10:00")) == "The team is there now."
    half = Hours(read_openings("Mon 13:30-15:00"))
    said = team_hours(half, texts, at("2026-11-27T10:00"))
    assert said == "The team is back on Monday 30 November at 1.30pm."


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("staff_open", "Mon-Fri 9 to 5", "write it like Mon-Fri 09:00-17:00"),
        ("staff_open", "Mon-Fry 09:00-17:00", "write days as Mon, Tue"),
        ("staff_open", "Mon 17:00-09:00", "the end must come after the beginning"),
        ("staff_open", "Mon 09:00-25:00", "there is no such time"),
        ("staff_closed", "25 December", "write days like 2026-12-25"),
    ],
)
def test_hours_that_cannot_be_read_are_a_problem_of_the_settings(name: str, value: str, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate({name: value})
    [problem] = problems(caught.value)
    assert problem.startswith(f"NAVIGATOR_{name.upper()}: ") and told in problem


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2026-11-27T16:30", "2026-11-27T20:00", 0.5),
        ("2026-11-27T18:00", "2026-11-28T11:00", 1),
        ("2026-12-24T16:00", "2026-12-26T10:30", 1.5),
        ("2026-10-24T11:00", "2026-10-26T10:00", 2),
        ("2026-11-27T12:00", "2026-11-27T11:00", 0),
    ],
)
def test_how_long_the_team_was_there_between_two_moments(first: str, last: str, hours: float) -> None:
    assert OFFICE.open_between(at(first), at(last)) == timedelta(hours=hours)


def test_where_nobody_has_said_when_the_team_is_there_every_hour_counts() -> None:
    assert NO_HOURS.open_between(at("2026-11-27T22:00"), at("2026-11-28T01:00")) == timedelta(hours=3)
