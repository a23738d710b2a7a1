"""When a reminder comes: in local time across both clock changes, and never in quiet hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.reminders.times import USUAL_LEADS, Reminder, asked_at, lead_before, times
from bot.quiet import LONDON, NEVER_QUIET, USUAL, Quiet

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CHANGES = (datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC))
"""The clocks go back, and forward."""


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


def due(starts: datetime, quiet: Quiet = USUAL, now: datetime = LONG_AGO) -> list[str]:
    found = times(starts, USUAL_LEADS, quiet, now)
    return [f"{one.due.astimezone(LONDON):%a %d %H:%M}" for one in found]


def test_reminders_come_a_day_and_two_hours_before() -> None:
    assert due(local(2026, 11, 26, 10, 30)) == ["Wed 25 10:30", "Thu 26 08:30"]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (local(2026, 10, 25, 14), ["Sat 24 14:00", "Sun 25 12:00"]),
        (local(2027, 3, 28, 14), ["Sat 27 14:00", "Sun 28 12:00"]),
    ],
)
def test_a_day_before_is_the_same_wall_time_across_a_clock_change(
    starts: datetime, expected: list[str]
) -> None:
    assert due(starts) == expected


@pytest.mark.parametrize("starts", [local(2026, 10, 25, 3), local(2027, 3, 28, 3)])
def test_two_hours_before_are_two_real_hours_across_a_clock_change(starts: datetime) -> None:
    (one,) = times(starts, (120,), NEVER_QUIET, LONG_AGO)
    assert starts.astimezone(UTC) - one.due == timedelta(hours=2)


def test_what_would_fall_in_quiet_hours_comes_before_they_begin() -> None:
    assert due(local(2026, 11, 26, 9)) == ["Wed 25 09:00", "Wed 25 20:45"]
    assert due(local(2026, 11, 26, 21, 30)) == ["Wed 25 20:45", "Thu 26 19:30"]


def test_two_reminders_at_one_moment_are_one() -> None:
    found = times(local(2026, 11, 26, 8), (240, 120), USUAL, LONG_AGO)
    assert [one.lead for one in found] == [120]


def test_somebody_who_books_late_gets_the_reminders_to_come() -> None:
    booked = local(2026, 11, 25, 18)
    assert due(local(2026, 11, 26, 10, 30), now=booked) == ["Thu 26 08:30"]
    assert due(local(2026, 11, 26, 10, 30), now=local(2026, 11, 26, 9)) == []


def test_somebody_who_books_in_quiet_hours_is_reminded_in_the_morning() -> None:
    assert due(local(2026, 11, 26, 9), now=local(2026, 11, 25, 21, 30)) == ["Thu 26 08:00"]
    assert due(local(2026, 11, 26, 7, 30), now=local(2026, 11, 25, 21, 30)) == []


def test_a_session_without_reminders_has_none() -> None:
    assert times(local(2026, 11, 26, 9), (), USUAL, LONG_AGO) == ()


def test_how_it_was_is_asked_two_hours_later_or_in_the_morning() -> None:
    assert asked_at(local(2026, 11, 26, 11, 30), USUAL) == local(2026, 11, 26, 13, 30)
    assert asked_at(local(2026, 11, 26, 20), USUAL) == local(2026, 11, 27, 8)


around_changes = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-3 * 24 * 60, 3 * 24 * 60),
)
clock_times = st.times().map(lambda one: one.replace(microsecond=0))
quiets = st.one_of(st.just(USUAL), st.builds(Quiet, clock_times, clock_times))
leads = st.lists(st.integers(15, 14 * 24 * 60) | st.sampled_from([60, 120, 1440, 2880]), max_size=5)


@given(around_changes, leads, quiets, st.integers(0, 4 * 24 * 60))
def test_no_reminder_is_in_quiet_hours_past_or_after_the_start(
    starts: datetime, chosen: list[int], quiet: Quiet, minutes_before: int
) -> None:
    now = starts - timedelta(minutes=minutes_before)
    found = times(starts, chosen, quiet, now)
    assert all(now < one.due < starts for one in found)
    assert not any(quiet.at(one.due) for one in found)
    assert len({one.due for one in found}) == len(found) == len({one.lead for one in found})
    assert [one.due for one in found] == sorted(one.due for one in found)


@given(around_changes, leads, quiets)
def test_none_is_dropped_for_quiet_hours_when_there_is_time(
    starts: datetime, chosen: list[int], quiet: Quiet
) -> None:
    found = times(starts, chosen, quiet, LONG_AGO)
    due_at = {one.due for one in found}
    for lead in chosen:
        wanted = lead_before(starts, lead, quiet)
        if wanted < starts:
            assert quiet.before(wanted) in due_at
            assert quiet.before(wanted) <= wanted


@given(around_changes, st.integers(1, 14), quiets)
def test_whole_days_keep_the_wall_time_wherever_it_exists(starts: datetime, days: int, quiet: Quiet) -> None:
    there, here = lead_before(starts, days * 1440, quiet).astimezone(LONDON), starts.astimezone(LONDON)
    skipped = there.time() != here.time()
    assert not skipped or (there.date(), here.time() >= time(1)) == (CHANGES[1].date(), True)


@given(around_changes, clock_times, clock_times)
def test_quiet_hours_are_left_backwards_and_forwards(moment: datetime, begins: time, ends: time) -> None:
    quiet = Quiet(begins, ends)
    before, after = quiet.before(moment), quiet.after(moment)
    assert before <= moment <= after
    assert not quiet.at(before) and not quiet.at(after)


def test_a_reminder_is_its_lead_and_its_moment() -> None:
    assert times(local(2026, 11, 26, 12), (60,), USUAL, LONG_AGO) == (
        Reminder(60, datetime(2026, 11, 26, 11, tzinfo=UTC)),
    )
