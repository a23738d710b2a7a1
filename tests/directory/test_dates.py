"""The dates of a session: local wall time, exceptions, and rules without an end."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from bot.content.listings import Series, rule_from
from bot.directory.recurrence import Dates, at_zone, end_of
from tests.directory.builders import ZONE, session


def starts(series: Series, first: datetime, last: datetime) -> list[str]:
    return [f"{start:%a %d %b %H:%M %Z}" for start in Dates(series, ZONE).between(first, last)]


def test_half_past_ten_stays_half_past_ten_when_the_clocks_go_forward_in_march() -> None:
    weekly = session(starts="2027-03-18T10:30", rrule="FREQ=WEEKLY;BYDAY=TH")
    found = starts(weekly, datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 5, tzinfo=UTC))
    assert found == ["Thu 18 Mar 10:30 GMT", "Thu 25 Mar 10:30 GMT", "Thu 01 Apr 10:30 BST"]


def test_half_past_ten_stays_half_past_ten_when_the_clocks_go_back_in_october() -> None:
    weekly = session(starts="2027-10-21T10:30", rrule="FREQ=WEEKLY;BYDAY=TH")
    found = starts(weekly, datetime(2027, 10, 1, tzinfo=UTC), datetime(2027, 11, 5, tzinfo=UTC))
    assert found == ["Thu 21 Oct 10:30 BST", "Thu 28 Oct 10:30 BST", "Thu 04 Nov 10:30 GMT"]


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    assert at_zone(datetime(2027, 3, 28, 1, 30), ZONE).isoformat() == "2027-03-28T02:30:00+01:00"


def test_a_time_that_the_clocks_repeat_is_the_first_of_the_two() -> None:
    assert at_zone(datetime(2027, 10, 31, 1, 30), ZONE).isoformat() == "2027-10-31T01:30:00+01:00"


def test_a_session_across_a_clock_change_lasts_as_long_as_it_says() -> None:
    night = session(starts="2027-10-31T00:30", minutes=120)
    assert end_of(at_zone(night.starts, ZONE), night).isoformat() == "2027-10-31T01:30:00+00:00"


def test_dates_left_out_and_cancelled_do_not_come_and_added_ones_do() -> None:
    weekly = session(
        starts="2026-11-24T10:30",
        rrule="FREQ=WEEKLY;COUNT=5",
        exceptions=["2026-12-01"],
        cancelled=["2026-12-08T10:30"],
        extra=["2026-12-09", "2026-12-10T14:00", "2026-12-15"],
    )
    assert starts(weekly, datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 31, tzinfo=UTC)) == [
        "Tue 24 Nov 10:30 GMT",
        "Wed 09 Dec 10:30 GMT",
        "Thu 10 Dec 14:00 GMT",
        "Tue 15 Dec 10:30 GMT",
        "Tue 22 Dec 10:30 GMT",
    ]


def test_nothing_comes_after_the_last_day() -> None:
    daily = session(rrule="FREQ=DAILY", until="2026-11-26")
    found = starts(daily, datetime(2026, 11, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
    assert [day[:10] for day in found] == ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]


@pytest.mark.parametrize(
    ("until", "last"),
    [("20261126", "Thu 26 Nov"), ("20261126T103000Z", "Thu 26 Nov"), ("20261126T000000Z", "Wed 25 Nov")],
)
def test_the_end_of_a_rule_may_be_a_day_or_a_moment(until: str, last: str) -> None:
    daily = session(rrule=f"FREQ=DAILY;UNTIL={until}")
    found = starts(daily, datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert found[-1].startswith(last)


def test_a_rule_without_an_end_goes_on() -> None:
    endless = Dates(session(rrule="FREQ=DAILY"), ZONE)
    assert endless.after(datetime(2041, 12, 30, tzinfo=UTC)) == datetime(2041, 12, 30, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA",
        "FREQ=WEEKLY;INTERVAL=3;WKST=SU;BYDAY=SU,TU",
        "FREQ=WEEKLY;BYMONTH=1,11",
        "FREQ=WEEKLY;COUNT=90",
        "FREQ=MONTHLY;BYDAY=-1TU,4TU",
        "FREQ=YEARLY",
    ],
)
def test_leaping_ahead_in_a_rule_skips_no_date_and_adds_none(rule: str) -> None:
    series = session(rrule=rule)
    step_by_step = list(rule_from(rule, series.starts).between(datetime(2028, 1, 1), datetime(2029, 1, 1)))
    leapt = Dates(series, ZONE).between(
        datetime(2028, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC), 400
    )
    assert [start.replace(tzinfo=None) for start in leapt] == step_by_step


def test_the_monthly_first_wednesday_is_found() -> None:
    monthly = session(starts="2026-12-02T14:00", rrule="FREQ=MONTHLY;BYDAY=1WE")
    found = starts(monthly, datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC))
    assert [day[:10] for day in found] == ["Wed 02 Dec", "Wed 06 Jan", "Wed 03 Feb"]


def test_asking_for_an_earlier_moment_again_gives_the_same_date() -> None:
    dates = Dates(session(rrule="FREQ=WEEKLY"), ZONE)
    first = dates.after(datetime(2026, 11, 1, tzinfo=UTC))
    dates.after(datetime(2027, 11, 1, tzinfo=UTC))
    assert dates.after(datetime(2026, 11, 1, tzinfo=UTC)) == first


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;INTERVAL=2",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=ZZ",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY\nRRULE:FREQ=DAILY",
        "every Tuesday",
        "",
    ],
)
def test_a_rule_that_is_none_or_never_fits_is_the_authors_mistake(rule: str) -> None:
    with pytest.raises(ValidationError):
        session(rrule=rule)


@pytest.mark.parametrize(("written", "stated"), [(True, "yes"), (False, "no"), ("not stated", "not stated")])
def test_a_bare_yes_or_no_in_yaml_is_a_word(written: object, stated: str) -> None:
    assert session(free=written).free == stated


def test_where_people_go_there_is_a_venue_and_elsewhere_none() -> None:
    with pytest.raises(ValidationError, match="need a venue"):
        session(mode="in-person")
    with pytest.raises(ValidationError, match="need a venue"):
        session(mode="phone", venue={"name": "SAMPLE Hall", "postcode": "EH6 6AA"})


def test_a_date_far_beyond_the_calendar_is_no_crash() -> None:
    dates = Dates(session(rrule="FREQ=WEEKLY"), ZONE)
    assert dates.after(datetime(9999, 12, 31, tzinfo=UTC)) is None
    assert dates.after(datetime(2026, 11, 23, tzinfo=UTC)) == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
