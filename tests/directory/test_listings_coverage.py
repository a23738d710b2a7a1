"""What the directory offers: enough of every kind, in every area, at distances that people travel."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from bot.content.listings import Kind, Level, Mode, Series
from bot.model import Suggested, Wanted
from tests.directory.builders import KNOWLEDGE, real_directory

REAL = real_directory()
LISTINGS = tuple(REAL.listings.values())
SERVICES = {listing.service.id: listing.service for listing in LISTINGS if listing.service}
AREAS = ("scotland", "london", "wessex")
TODAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=182)
TOPICS = {path.stem for path in (KNOWLEDGE / "articles").glob("*.yaml")}


def of_area(area: str) -> list[Series]:
    return [listing.series for listing in LISTINGS if listing.area == area]


def kinds_of(sessions: list[Series]) -> set[str]:
    return {kind for series in sessions for kind in series.kinds}


def found(place: str, mode: str = "", topic: str = "", cancer: str = "") -> Suggested:
    """What a person near this place is shown today."""
    near, *_ = REAL.places.read(place)
    return REAL.suggest(Wanted(near=near, mode=mode, topic=topic, cancer=cancer), TODAY, limit=200)


def rhythm(series: Series) -> str:
    if not series.rrule:
        return "dates"
    weekly = "WEEKLY" in series.rrule
    return "fortnightly" if weekly and "INTERVAL=2" in series.rrule else "weekly" if weekly else "monthly"


# ---- how much there is --------------------------------------------------------------------------------


def test_there_are_at_least_42_services_and_64_sessions() -> None:
    assert len(SERVICES) >= 42
    assert len(LISTINGS) >= 64


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_its_share(area: str) -> None:
    assert len(of_area(area)) >= 20
    assert sum(service.area == area for service in SERVICES.values()) >= 14


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_sessions_of_every_kind(area: str) -> None:
    assert set(get_args(Kind)) - kinds_of(of_area(area)) == set()


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_sessions_in_person_online_by_phone_and_both_ways(area: str) -> None:
    assert {series.mode for series in of_area(area)} == set(get_args(Mode))


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_online_sessions_of_20_to_30_minutes(area: str) -> None:
    short = [one for one in of_area(area) if one.mode == "online" and 20 <= one.minutes <= 30]
    assert len(short) >= 5


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_online_sessions_for_carers_and_for_families(area: str) -> None:
    online = kinds_of([series for series in of_area(area) if series.mode == "online"])
    assert {"carers", "families", "peer-support"} <= online


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_every_effort_from_seated_to_at_least_medium(area: str) -> None:
    assert {series.level for series in of_area(area)} >= set(get_args(Level)) - {"active"}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("level", ["(universal)", "(targeted)", "(specialist)"])
def test_each_area_has_services_for_everyone_and_for_people_with_harder_needs(area: str, level: str) -> None:
    told = [service.what["en"] for service in SERVICES.values() if service.area == area]
    assert any(level in what for what in told)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    "topic",
    """after-treatment being-active breathing carers digital eating feelings getting-prehab lymphoedema money
    pain pelvic-floor sleep smoking strength-balance tiredness work""".split(),
)
def test_what_people_ask_for_has_a_session_in_each_area(area: str, topic: str) -> None:
    assert any(topic in listing.topics for listing in LISTINGS if listing.area == area)


def test_a_topic_of_a_session_is_one_that_has_answers() -> None:
    named = {topic for listing in LISTINGS for topic in listing.topics}
    assert named - TOPICS == set()


def test_sessions_repeat_weekly_fortnightly_monthly_or_have_single_dates() -> None:
    rhythms = Counter(rhythm(listing.series) for listing in LISTINGS)
    assert min(rhythms[name] for name in ("weekly", "fortnightly", "monthly", "dates")) >= 9


def test_every_session_has_a_date_in_the_half_year_to_come() -> None:
    late = [one.series.id for one in LISTINGS if not one.dates.between(TODAY, TODAY + HALF_A_YEAR)]
    assert late == []


def test_at_least_10_sessions_have_single_dates_in_the_half_year_to_come() -> None:
    dated = [one for one in LISTINGS if rhythm(one.series) == "dates"]
    assert sum(bool(one.dates.between(TODAY, TODAY + HALF_A_YEAR)) for one in dated) >= 10


def test_no_sample_class_is_held_on_christmas_day_or_on_new_years_day() -> None:
    year = TODAY + timedelta(days=400)
    starts = [start for one in LISTINGS for start in one.dates.between(TODAY, year, limit=400)]
    assert [start for start in starts if (start.month, start.day) in {(12, 25), (1, 1)}] == []


# ---- where it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    """Aberdeen Dundee Edinburgh Elgin Dunfermline Kirkcaldy Galashiels Glasgow Inverness Oban Stornoway Ayr
    Dumfries Perth Camden Croydon Ealing Enfield Greenwich Harrow Romford Walthamstow Brixton Southampton
    Portsmouth Winchester Basingstoke Ryde Sandown Bournemouth Poole Weymouth Salisbury Andover""".split(),
)
def test_people_in_many_towns_find_something_within_10_miles(place: str) -> None:
    suggested = found(place, mode="in-person")
    assert suggested.relaxed == ()
    assert min(card.kilometres or 0 for card in suggested.found) <= 16


def test_the_samples_spread_over_at_least_15_towns_of_each_area() -> None:
    venues = [(one.area, one.series.venue) for one in LISTINGS if one.series.venue]
    towns = Counter(area for area, _ in {(area, venue.postcode.split()[0]) for area, venue in venues})
    assert min(towns[area] for area in AREAS) >= 15


def test_every_venue_is_on_the_map_and_in_the_area_of_its_service() -> None:
    venues = [one for one in LISTINGS if one.series.venue]
    assert [one.series.id for one in venues if one.place is None] == []
    areas = [(one.series.id, REAL.places.area(one.place)) for one in venues if one.place]
    assert areas == [(one.series.id, one.area) for one in venues]


def test_what_is_not_near_is_not_passed_off_as_near() -> None:
    suggested = found("Kirkwall", mode="in-person", topic="being-active")
    assert suggested.relaxed != ()
    assert all(card.kilometres is None or card.kilometres > 40 for card in suggested.found)


def test_every_cancer_type_of_the_flow_meets_sessions_of_its_own_or_for_everybody() -> None:
    types = {name for listing in LISTINGS for name in listing.cancer}
    asked = {"breast", "bowel", "lung", "prostate", "blood", "head-and-neck", "upper-gi", "gynae", "skin"}
    assert asked <= types
    assert found("Fife", cancer="bowel", mode="online").relaxed == ()
