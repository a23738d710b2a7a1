"""Which sessions are suggested, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.listings import Series
from bot.directory import Directory
from bot.directory.wishes import FOR_SOME
from bot.model import Location, Suggested, Wanted
from tests.directory.builders import LEITH, NOW, at_venue, directory, real_directory, service, session

REAL = real_directory()


def found(known: Directory, wanted: Wanted, now: datetime = NOW) -> list[str]:
    return [suggestion.session for suggestion in known.suggest(wanted, now, limit=9).found]


def test_the_nearest_comes_first_and_online_after_it() -> None:
    known = directory(
        session("online", starts="2026-11-24T09:00"),
        at_venue("far", "EH54 5AA", starts="2026-11-24T09:00"),
        at_venue("near", "EH6 6AA", starts="2026-12-24T09:00"),
    )
    assert found(known, Wanted(near=LEITH)) == ["near", "far", "online"]


def test_of_two_that_are_equally_far_the_sooner_comes_first() -> None:
    known = directory(
        at_venue("later", "EH6 6AA", starts="2026-12-02T09:00"),
        at_venue("sooner", "EH6 6AE", starts="2026-12-01T09:00"),
    )
    assert found(known, Wanted(near=LEITH)) == ["sooner", "later"]


def test_a_session_online_has_no_distance() -> None:
    (suggestion,) = directory(session()).suggest(Wanted(near=LEITH), NOW).found
    assert suggestion.kilometres is None


def test_a_repeating_session_is_suggested_once_with_its_next_date() -> None:
    (suggestion,) = directory(session(rrule="FREQ=WEEKLY")).suggest(Wanted(), NOW + timedelta(days=2)).found
    assert suggestion.starts == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


def test_a_session_that_has_begun_is_not_suggested() -> None:
    assert found(directory(session()), Wanted(), datetime(2026, 11, 24, 10, 30, tzinfo=UTC)) == []


def test_a_cancelled_date_is_passed_over() -> None:
    (suggestion,) = (
        directory(session(rrule="FREQ=WEEKLY", cancelled=["2026-11-24"])).suggest(Wanted(), NOW).found
    )
    assert suggestion.starts == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


def test_a_listing_that_has_run_out_is_not_suggested() -> None:
    assert found(directory(session(expires="2026-11-22", rrule="FREQ=DAILY")), Wanted()) == []
    assert found(directory(session(), team=service(expires="2026-11-22")), Wanted()) == []


def test_a_listing_past_its_review_is_still_suggested() -> None:
    assert found(directory(session(review="2026-11-01")), Wanted()) == ["walk"]


@pytest.mark.parametrize(("stated", "unknown"), [("yes", ()), ("not stated", ("step_free",))])
def test_a_wish_that_a_listing_does_not_state_keeps_it_and_says_so(
    stated: str, unknown: tuple[str, ...]
) -> None:
    (suggestion,) = directory(at_venue("hall", "EH6 6AA", stated)).suggest(Wanted(step_free=True), NOW).found
    assert suggestion.unknown == unknown


def test_where_there_are_steps_nobody_is_sent_who_cannot_climb_them() -> None:
    known = directory(at_venue("hall", "EH6 6AA", "no"))
    assert known.suggest(Wanted(step_free=True), NOW) == Suggested((), ())


def test_at_home_there_are_no_steps() -> None:
    known = directory(session("online"), at_venue("both", "EH6 6AA", "no", mode="hybrid"))
    assert found(known, Wanted(step_free=True, mode="online")) == ["both", "online"]


def test_the_cancer_type_filters_and_never_shuts_out() -> None:
    known = directory(
        session("any"), session("breast", cancer=["breast"]), session("bowel", cancer=["bowel"])
    )
    assert found(known, Wanted(cancer="bowel")) == ["any", "bowel"]
    assert found(known, Wanted()) == ["any", "bowel", "breast"]
    only_breast = directory(session("breast", cancer=["breast"])).suggest(Wanted(cancer="bowel"), NOW)
    assert ([one.session for one in only_breast.found], only_breast.relaxed) == (["breast"], ("cancer",))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(mode="online"), ["both", "online"]),
        (Wanted(mode="in-person"), ["both", "hall"]),
        (Wanted(mode="phone"), ["phone"]),
        (Wanted(topic="sleep"), ["phone"]),
        (Wanted(kind="carers"), ["online"]),
        (Wanted(longest=30), ["online"]),
        (Wanted(free=True, mode="phone"), ["phone"]),
        (Wanted(level="seated", mode="in-person"), ["both", "hall"]),
        (Wanted(language="pl"), ["both", "phone"]),
        (Wanted(earliest=datetime(2026, 11, 26, tzinfo=UTC)), ["phone"]),
        (Wanted(earliest=datetime(2026, 11, 25), latest=datetime(2026, 11, 26)), ["hall"]),
    ],
)
def test_each_wish_filters(wanted: Wanted, expected: list[str]) -> None:
    known = directory(
        at_venue("both", "EH6 6AA", mode="hybrid"),
        at_venue("hall", "EH6 6AA", languages=["en"], starts="2026-11-25T10:30"),
        session("online", kinds=["group", "carers"], minutes=25, languages=["en"], free=False),
        session(
            "phone", mode="phone", topics=["sleep"], starts="2026-11-27T09:00", level="gentle", free=True
        ),
    )
    assert sorted(found(known, wanted)) == expected


def test_when_nothing_fits_as_few_wishes_as_can_be_are_dropped_and_named() -> None:
    known = directory(
        session("long", minutes=90), session("short", minutes=20, topics=["sleep"], level="active")
    )
    relaxed = known.suggest(Wanted(topic="being-active", longest=30, level="seated"), NOW)
    assert ([one.session for one in relaxed.found], relaxed.relaxed) == (["long"], ("longest",))


@pytest.mark.parametrize("kind", ["carers", "families", "young-people", "bereaved"])
def test_who_comes_for_someone_else_is_never_sent_to_another_kind_of_session(kind: str) -> None:
    known = directory(session("walk", kinds="group"))
    assert known.suggest(Wanted(kind=kind), NOW).found == ()
    assert known.suggest(Wanted(kind="talk"), NOW).relaxed == ("kind",)


def test_what_is_far_away_is_shown_only_when_nothing_nearer_fits() -> None:
    known = directory(at_venue("inverness", "IV1 1AD"))
    relaxed = known.suggest(Wanted(near=LEITH), NOW)
    assert ([one.session for one in relaxed.found], relaxed.relaxed) == (["inverness"], ("near",))


def test_online_sessions_of_the_own_area_come_before_those_of_another() -> None:
    known = directory(session(), team=service(area="london"))
    assert known.suggest(Wanted(near=LEITH), NOW).relaxed == ("area",)
    assert known.suggest(Wanted(area="london"), NOW).relaxed == ()


def test_more_suggestions_follow_when_asked_for() -> None:
    known = directory(*(session(f"walk-{number}") for number in range(5)))
    pages = [known.suggest(Wanted(), NOW, limit=2, skip=skip).found for skip in (0, 2, 4, 6)]
    assert [[one.session for one in page] for page in pages] == [
        ["walk-0", "walk-1"],
        ["walk-2", "walk-3"],
        ["walk-4"],
        [],
    ]


def test_a_venue_that_the_map_lacks_says_that_its_distance_is_unknown() -> None:
    (suggestion,) = directory(at_venue("belfast", "BT1 5GS")).suggest(Wanted(near=LEITH), NOW).found
    assert (suggestion.kilometres, suggestion.unknown) == (None, ("near",))


places = st.none() | st.builds(Location, st.just("here"), st.floats(49.9, 60.9), st.floats(-8.0, 1.8))
moments = st.datetimes(datetime(2026, 11, 1), datetime(2028, 2, 1), timezones=st.just(UTC))
wishes = st.builds(
    Wanted,
    near=places,
    area=st.sampled_from(["", "scotland", "london", "wessex", "nowhere"]),
    cancer=st.sampled_from(["", "breast", "bowel"]),
    mode=st.sampled_from(["", "online", "in-person", "phone"]),
    topic=st.sampled_from(["", "sleep", "being-active", "unheard-of"]),
    kind=st.sampled_from(["", "group", "carers"]),
    language=st.sampled_from(["", "en", "pl"]),
    level=st.sampled_from(["", "gentle", "seated"]),
    free=st.booleans(),
    step_free=st.booleans(),
    longest=st.none() | st.integers(5, 300),
    earliest=st.none() | moments,
    latest=st.none() | moments,
)


def is_for_others(session: str, wanted: Wanted) -> bool:
    """For carers and the like, or in another language: such sessions stand last, however near they are."""
    series = REAL.session(session)
    some = wanted.kind not in FOR_SOME and any(kind in FOR_SOME for kind in series.kinds)
    return some or bool(series.languages and (wanted.language or "en") not in series.languages)


@settings(max_examples=150, deadline=None)
@given(wishes, moments)
@example(Wanted(near=Location("here", 51.5, 0.0)), datetime(2026, 11, 1, tzinfo=UTC))
def test_suggestions_are_never_past_and_always_in_order(wanted: Wanted, now: datetime) -> None:
    cards = REAL.suggest(wanted, now, limit=99).found
    near = [
        (is_for_others(card.session, wanted), int(card.kilometres / 1.609344 + 0.5))
        for card in cards
        if card.kilometres is not None and card.kilometres <= 40
    ]
    assert all(now < card.starts < card.ends for card in cards)
    assert near == sorted(near)
    assert len({card.session for card in cards}) == len(cards)


@settings(max_examples=100, deadline=None)
@given(wishes, moments)
def test_who_needs_step_free_is_never_shown_steps(wanted: Wanted, now: datetime) -> None:
    cards = REAL.suggest(replace(wanted, step_free=True, mode="in-person"), now, limit=99).found
    venues = [REAL.session(card.session).venue for card in cards]
    assert [venue for venue in venues if venue and venue.step_free == "no"] == []


def test_the_samples_do_not_run_dry_before_the_end_of_2027() -> None:
    months = [datetime(2026 + (month > 12), (month - 1) % 12 + 1, 1, tzinfo=UTC) for month in range(12, 25)]
    counts = [
        len(REAL.suggest(Wanted(area=area), now, 5).found)
        for now in months
        for area in ("scotland", "wessex")
    ]
    assert min(counts) >= 5


def test_every_sample_says_that_it_is_one() -> None:
    sessions: list[Series] = [listing.series for listing in REAL.listings.values()]
    assert [series.id for series in sessions if not series.sample or "SAMPLE" not in series.title["en"]] == []
    assert [one.id for one in sessions if one.venue and not one.venue.name.startswith("SAMPLE")] == []
