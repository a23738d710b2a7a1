"""When the messages of programmes are due: whatever the days, never on a silent one, never two on one day."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.content.programmes import Programme
from bot.conversation.timetable import LATE, Taken, silent_days, timetable, to_come
from bot.quiet import NEVER_QUIET, USUAL, Quiet
from tests.programmes.people import OPERATION, programme

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
HOURS = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])
QUIET = st.one_of(st.just(USUAL), st.just(NEVER_QUIET), st.builds(Quiet, HOURS, HOURS))
OFFSETS = st.integers(-90, 90).filter(lambda days: days != 0)
ABOUT = {
    "title": "Tips",
    "about": "Tips.",
    "day": "your day",
    "anchor": "operation",
    "flow": "welcome",
    "sources": [{"name": "Macmillan", "year": 2026}],
    "confidence": "V",
    "checked": date(2026, 11, 1),
    "review": date(2027, 11, 1),
}
REAL = ("getting-ready", "hna-prompts", "after-treatment")


def written(name: str, whens: list[tuple[int, time]]) -> Programme:
    """A programme with these messages, and its own day silent."""
    messages = [
        {"id": f"m{number}", "when": f"{days}d {at:%H:%M}", "text": "A tip.", "next": [{"flow": "welcome"}]}
        for number, (days, at) in enumerate(whens)
    ]
    return Programme.model_validate(ABOUT | {"programme": name, "messages": messages})


def all_taken(many: list[tuple[list[tuple[int, time]], date]]) -> list[Taken]:
    return [Taken(written(f"p{number}", whens), day) for number, (whens, day) in enumerate(many)]


PROGRAMMES = st.lists(
    st.tuples(st.lists(st.tuples(OFFSETS, HOURS), min_size=1, max_size=6), DAYS), min_size=1, max_size=4
).map(all_taken)
SAME_WEEK = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(-4, 4).filter(bool), HOURS), min_size=1, max_size=6),
        st.dates(date(2027, 3, 24), date(2027, 3, 30)),
    ),
    min_size=1,
    max_size=4,
).map(all_taken)
ANY = st.one_of(PROGRAMMES, SAME_WEEK)


@given(ANY, QUIET)
def test_no_message_of_any_programme_is_due_on_a_silent_day(taken: list[Taken], quiet: Quiet) -> None:
    silent = silent_days(taken)
    assert not [slot for slot in timetable(taken, quiet) if slot.due.astimezone(quiet.zone).date() in silent]


@given(ANY, QUIET)
def test_no_message_is_due_in_quiet_hours(taken: list[Taken], quiet: Quiet) -> None:
    assert not [slot for slot in timetable(taken, quiet) if quiet.at(slot.due)]


@given(ANY, QUIET)
def test_there_is_one_message_a_day_at_the_most(taken: list[Taken], quiet: Quiet) -> None:
    days = [slot.due.astimezone(quiet.zone).date() for slot in timetable(taken, quiet)]
    assert len(days) == len(set(days))


@given(ANY, QUIET)
def test_no_message_is_there_twice(taken: list[Taken], quiet: Quiet) -> None:
    names = [(slot.programme, slot.message) for slot in timetable(taken, quiet)]
    assert len(names) == len(set(names))


@given(ANY, QUIET, st.integers(0, 96))
def test_after_any_outage_one_message_at_most_is_still_of_use(
    taken: list[Taken], quiet: Quiet, hours: int
) -> None:
    slots = timetable(taken, quiet)
    for slot in slots:
        back = slot.due + timedelta(hours=hours)
        assert len([one for one in slots if one.due <= back < one.useless_from]) <= 1


@given(ANY, QUIET, st.integers(0, 48))
def test_a_late_message_never_slips_into_a_silent_day(taken: list[Taken], quiet: Quiet, hours: int) -> None:
    silent = silent_days(taken)
    for slot in timetable(taken, quiet):
        late = slot.due + timedelta(hours=hours)
        assert late >= slot.useless_from or late.astimezone(quiet.zone).date() not in silent
        assert slot.due < slot.useless_from <= slot.due + LATE


def test_each_message_comes_at_its_local_time_across_both_clock_changes() -> None:
    for changes in (date(2027, 3, 28), date(2026, 10, 25)):
        taken = [Taken(programme("getting-ready"), changes + timedelta(days=10))]
        local = [slot.due.astimezone(USUAL.zone) for slot in timetable(taken, USUAL)]
        assert [f"{at:%H:%M}" for at in local] == [
            f"{message.offset.at:%H:%M}" for message in programme("getting-ready").messages
        ]


def test_a_programme_has_all_its_messages_when_there_is_time_enough() -> None:
    for name in REAL:
        slots = timetable([Taken(programme(name), OPERATION)], USUAL)
        assert [slot.message for slot in slots] == [message.id for message in programme(name).messages]


def test_what_is_past_is_not_to_come() -> None:
    two_weeks_before = datetime(2026, 12, 21, 12, tzinfo=UTC)
    left = to_come(Taken(programme("getting-ready"), OPERATION), USUAL, two_weeks_before)
    assert [slot.message for slot in left] == ["sleep", "relax", "questions", "nearly-there"]


def test_the_day_of_an_operation_is_silent_for_the_other_programmes_too() -> None:
    operation = OPERATION
    talk = operation + timedelta(days=2)
    alone = timetable([Taken(programme("hna-prompts"), talk)], USUAL)
    both = timetable(
        [Taken(programme("getting-ready"), operation), Taken(programme("hna-prompts"), talk)], USUAL
    )
    assert "private-things" in [slot.message for slot in alone]
    assert "private-things" not in [slot.message for slot in both]


def test_two_programmes_on_one_day_take_turns() -> None:
    first = written("a", [(1, time(10))])
    second = written("b", [(1, time(9))])
    slots = timetable([Taken(first, OPERATION), Taken(second, OPERATION)], USUAL)
    assert [(slot.programme, f"{slot.due:%d %H:%M}") for slot in slots] == [
        ("b", "05 09:00"),
        ("a", "06 10:00"),
    ]
