"""A time as staff type it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.times import minutes, of_minutes, offered, read_time, written
from tests.databases import START

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow 9am", "Tue 24 Nov, 09:00"),
        ("tomorrow at 9.30 am", "Tue 24 Nov, 09:30"),
        ("25 Nov 10:30", "Wed 25 Nov, 10:30"),
        ("25/11 at 14:05", "Wed 25 Nov, 14:05"),
        ("10:30", "Mon 23 Nov, 10:30"),
        ("09:30", "Tue 24 Nov, 09:30"),
        ("friday 12am", "Fri 27 Nov, 00:00"),
        ("friday 12pm", "Fri 27 Nov, 12:00"),
    ],
)
def test_a_time_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    moment = read_time(typed, START, LONDON)
    assert moment and written(moment, LONDON) == meant


def test_a_time_in_summer_is_local_time() -> None:
    june = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    assert read_time("tomorrow 9am", june, LONDON) == datetime(2026, 6, 2, 8, 0, tzinfo=UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_time_to_come_or_none(typed: str) -> None:
    moment = read_time(typed, START, LONDON)
    assert moment is None or moment > START


@given(st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_offered_times_lie_ahead_and_survive_a_button(now: datetime) -> None:
    for moment in offered(now, LONDON):
        assert moment > now and of_minutes(minutes(moment)) == moment
