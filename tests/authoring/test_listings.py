"""A session is changed where it stands in its file, and nothing else in the file is touched."""

import difflib
import re
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.authoring import entries, files, listings
from bot.authoring.files import Folders, Read
from bot.authoring.listings import ByHand, Kept
from bot.authoring.repeating import Often, Repeat, often_of, rule_of
from bot.content.listings import Series, SessionFile, Venue
from bot.content.source import parse
from tests.content.author import TODAY, Author
from tests.worlds import ROOT

PLACE = "knowledge/sessions/scotland.yaml"
WRITTEN = """\
# Who keeps this file: the Leith team.
sessions:
  # Thursdays
  - id: class
    service: gym          # the big one
    title: 'Class'
    about:
      en: Move.
      pl: Ruch.
    kinds: group
    mode: in-person
    venue:
      name: Hall   # upstairs
      postcode: EH6 5AA
    starts: 2026-11-26T10:30
    minutes: 30
    exceptions:
    - 2026-12-24      # Christmas
    - 2026-12-31
    rrule: FREQ=WEEKLY;BYDAY=TH
    sample: true
    checked: 2026-11-01
    review: 2027-11-01
    # ask Ann before you change this

  # Online
  - {id: "talk", service: gym, title: Talk, kinds: [talk], mode: online, starts: 2026-11-24T14:00,
     minutes: 25, sample: true, checked: 2026-11-01, review: 2027-11-01}
  -   id: last
      service: gym
      title: "Last: one"
      kinds: [talk]
      mode: phone
      starts: 2026-11-24T14:00
      minutes: 25
      sample: true
      checked: 2026-11-01
      review: 2027-11-01
"""


def kept_of(text: str, id: str) -> Kept:
    entry = entries.find(text, "sessions", id)
    assert entry is not None
    return Kept(PLACE, Read(text, "mark"), entry, Series.model_validate(parse("", entry.text.encode()).value))


def after(text: str, id: str, **changes: object) -> list[str]:
    """The lines that differ once this session says something else."""
    kept = kept_of(text, id)
    new = listings.changed(kept, kept.series.model_copy(update=changes)).text
    found = difflib.ndiff(text.splitlines(), new.splitlines())
    return [line for line in found if line[0] in "+-"]


def test_only_the_line_that_changes_is_touched() -> None:
    assert after(WRITTEN, "class", minutes=45) == ["-     minutes: 30", "+     minutes: 45"]
    assert after(WRITTEN, "last", minutes=45) == ["-       minutes: 25", "+       minutes: 45"]


def test_a_comment_stays_at_its_line() -> None:
    venue = Venue(name="Library", postcode="EH6 5AA")
    assert after(WRITTEN, "class", venue=venue) == [
        "-       name: Hall   # upstairs",
        "+       name: Library # upstairs",
    ]


def test_a_text_in_two_languages_keeps_the_other() -> None:
    assert after(WRITTEN, "class", about={"en": "Sit.", "pl": "Ruch."}) == [
        "-       en: Move.",
        "+       en: Sit.",
    ]


def test_a_new_line_goes_where_it_belongs() -> None:
    lines = after(WRITTEN, "class", capacity=12, level="gentle")
    assert sorted(lines) == ["+     capacity: 12", "+     level: gentle"]


def test_a_session_in_one_line_is_changed_as_well() -> None:
    kept = kept_of(WRITTEN, "talk")
    text = listings.changed(kept, kept.series.model_copy(update={"minutes": 50})).text
    assert "minutes: 50" in text and text.count("\n") >= WRITTEN.count("\n") - 1


def test_every_session_of_this_repository_comes_out_as_it_went_in() -> None:
    text = (ROOT / "knowledge/sessions/scotland.yaml").read_text()
    for id in re.findall(r"- id: (.*)", text):
        entry = entries.find(text, "sessions", id)
        assert entry and entries.changed(entry, lambda group: None) == text


def test_what_leans_on_another_entry_is_left_to_its_author() -> None:
    text = WRITTEN.replace("kinds: group", "kinds: &some [group]").replace(
        'id: "talk", service: gym, title: Talk, kinds: [talk]',
        'id: "talk", service: gym, title: Talk, kinds: *some',
    )
    kept = kept_of(WRITTEN, "talk")
    leaning = entries.find(text, "sessions", "talk")
    assert leaning is not None
    with pytest.raises(ByHand):
        listings.changed(
            Kept(PLACE, Read(text, ""), leaning, kept.series),
            kept.series.model_copy(update={"minutes": 9}),
        )


def test_a_new_session_goes_to_the_end_of_its_areas_file(author: Author, folders: Folders) -> None:
    new = series(id="sco-tea", service="gym", title={"en": "Tea: and # talk"})
    edit = listings.added(folders, PLACE, new)
    assert files.new_errors(folders, [edit], TODAY) == ()
    files.place(folders, [edit])
    found = listings.find(folders, "sco-tea")
    assert found and found.series == new and found.place == PLACE
    assert edit.text.startswith((author.home / PLACE).read_text()[:300])


def test_the_first_session_of_an_area_makes_its_file(folders: Folders) -> None:
    new = series(id="tea", service="gym")
    edit = listings.added(folders, listings.place_of("wessex"), new)
    assert edit.place == "knowledge/sessions/wessex.yaml" and edit.expected == ""
    assert edit.text.startswith("sessions:\n  - id: tea\n    service: gym\n")


@pytest.mark.parametrize("empty", ["sessions: []\n", "# none yet\nsessions:\n", ""])
def test_an_empty_list_takes_its_first_session(author: Author, folders: Folders, empty: str) -> None:
    author.writes(PLACE, empty)
    new = series(id="tea", service="gym")
    text = listings.added(folders, PLACE, new).text
    assert SessionFile.model_validate(parse("", text.encode()).value).sessions == (new,)


@pytest.mark.parametrize(
    "title, area, id",
    [
        ("SAMPLE: Tea and talk", "scotland", "sco-tea-and-talk"),
        ("Carers' half hour", "london", "lon-carers-half-hour"),
        ("Schönheit & Kraft", "", "schonheit-kraft"),
        ("🧘 يوغا", "wessex", "wes"),
        ("🧘", "", "session"),
        ("A very long title that goes on and on", "scotland", "sco-a-very-long-title"),
        ("x" * 200, "", "x" * 24),
    ],
)
def test_an_id_is_made_of_the_title(title: str, area: str, id: str) -> None:
    assert listings.new_id(title, area, ()) == id
    assert listings.new_id(title, area, (id, f"{id}-2")) == f"{id}-3"
    assert len(f"{id}-999") <= listings.LONGEST_ID


# ---- any session ------------------------------------------------------------------------------------------

SIGNS = st.characters(exclude_categories=("Cs", "Cc"))
LINE = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40),
    st.sampled_from(
        ["yes", "null", "0131", "2026-11-26", "a: b", "- x", "# no", "{a}", "&x", "*x", "|", "'"]
    ),
    st.sampled_from(['"\nid: evil', "x\n    sample: false", "\N{RIGHT-TO-LEFT OVERRIDE}txt", "👩‍👩‍👧", "@"]),
)
WORDS = LINE.map(lambda text: text.strip()).filter(bool)
TEXTS = st.fixed_dictionaries({"en": WORDS}, optional={"pl": WORDS})
STARTS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 3, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
DAYS = st.lists(
    # Midnight is how YAML says the whole day.
    st.one_of(st.dates(date(2026, 1, 1), date(2028, 1, 1)), STARTS.filter(lambda at: at.hour > 0)),
    max_size=3,
).map(tuple)


def series(**given: object) -> Series:
    usual: dict[str, object] = {
        "id": "class",
        "service": "gym",
        "title": {"en": "Class"},
        "kinds": ("group",),
        "mode": "online",
        "starts": datetime(2026, 11, 26, 10, 30),
        "minutes": 30,
        "sample": True,
        "checked": date(2026, 11, 1),
        "review": date(2027, 11, 1),
    }
    return Series.model_validate(usual | given)


SERIES = st.builds(
    series,
    title=TEXTS,
    about=st.none() | TEXTS,
    kinds=st.sampled_from([("group",), ("talk", "carers")]),
    topics=st.sampled_from([(), ("sleep",), ("sleep", "no")]),
    mode=st.just("hybrid"),
    venue=st.builds(
        Venue,
        name=WORDS,
        postcode=st.sampled_from(["N1", "E15 1AA"]),
        step_free=st.sampled_from(["yes", "no", "not stated"]),
        parking=st.none() | TEXTS,
    ),
    starts=STARTS,
    minutes=st.integers(5, 1440),
    rrule=st.none(),
    exceptions=DAYS,
    cancelled=DAYS,
    languages=st.sampled_from([(), ("en", "no")]),
    free=st.sampled_from(["yes", "no", "not stated"]),
    book=st.none() | TEXTS,
    capacity=st.none() | st.integers(1, 10_000),
    remind=st.sampled_from([None, (), ("24h", "2h")]),
    sample=st.booleans(),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SERIES, second=SERIES)
def test_any_session_that_is_written_and_changed_is_read_as_it_was_meant(
    folders: Folders, first: Series, second: Series
) -> None:
    first, second = (one.model_copy(update={"id": "one-more"}) for one in (first, second))
    text = listings.added(folders, PLACE, first).text
    assert kept_of(text, "one-more").series == first
    new = listings.changed(kept_of(text, "one-more"), second).text
    assert kept_of(new, "one-more").series == second
    assert kept_of(new, "class") == Kept(
        PLACE, Read(new, "mark"), kept_of(new, "class").entry, series_there(text)
    )


def series_there(text: str) -> Series:
    return kept_of(text, "class").series


# ---- how often --------------------------------------------------------------------------------------------


@given(STARTS, st.sampled_from(["week", "two-weeks", "month"]), st.none() | st.dates(date(2027, 4, 1)))
def test_what_staff_choose_is_read_back_from_its_rule(
    starts: datetime, repeat: Repeat, until: date | None
) -> None:
    try:
        rule = rule_of(Often(repeat, until), starts)
    except ValueError:
        assert repeat == "month" and starts.day > 28
        return
    found = often_of(rule, starts)
    assert found.until == until and found.repeat in (repeat, "month-last")
    assert series(starts=starts, rrule=rule).rrule == rule


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=DAILY;COUNT=5", "FREQ=YEARLY"])
def test_a_rule_of_its_author_stays_as_written(rule: str) -> None:
    assert often_of(rule, datetime(2026, 11, 26, 10, 30)).repeat == "as-written"
    assert often_of(None, datetime(2026, 11, 26)) == Often("once")
