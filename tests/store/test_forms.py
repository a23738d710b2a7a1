"""A person and a message come back from their row exactly as they went in."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import forms
from bot.model import Button, Frame, Kept, Location, Person, Place, Say, Value
from tests.databases import START

words = st.text(max_size=20)
values: st.SearchStrategy[Value] = st.one_of(
    words,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(words, max_size=3).map(tuple),
    st.dates(),
    st.builds(Location, words, st.floats(-90, 90), st.floats(-180, 180), words),
    st.none(),
)
times: st.SearchStrategy[datetime] = st.timedeltas(timedelta(), timedelta(days=400)).map(START.__add__)
places = st.builds(
    Place,
    run=st.integers(0, 99),
    visits=st.lists(
        st.lists(st.builds(Frame, words, words), min_size=1, max_size=2).map(tuple), min_size=1, max_size=3
    ).map(tuple),
    asked_at=times,
    kept=st.lists(st.builds(Kept, st.integers(0, 9), words, values), max_size=3).map(tuple),
    chosen=st.lists(words, max_size=2).map(tuple),
)
persons = st.builds(
    Person,
    id=words,
    place=st.none() | places,
    parked=st.none() | places,
    offered=st.lists(st.builds(Button, words, words), max_size=2).map(tuple),
    told=st.lists(words, max_size=2).map(tuple),
    remembered=st.dictionaries(words, values, max_size=3),
    quiet_until=st.none() | times,
)


@given(persons)
def test_a_person_survives_being_stored(person: Person) -> None:
    assert forms.read_person(forms.write(person)) == person


@given(words, st.lists(st.lists(st.builds(Button, words, words, words), max_size=2).map(tuple), max_size=2))
def test_a_message_survives_being_stored(text: str, rows: list[tuple[Button, ...]]) -> None:
    say = Say(text, tuple(rows), "crisis", sensitive=True)
    assert forms.read_say(forms.write(say)) == say


def test_a_date_and_the_same_words_stay_different() -> None:
    person = Person(remembered={"day": date(2026, 1, 2), "words": "2026-01-02"})
    assert forms.read_person(forms.write(person)).remembered == person.remembered


def test_a_person_of_an_older_version_is_read_with_what_is_new_left_at_its_beginning() -> None:
    assert forms.read_person('{"id":"x","gone_field":1}') == Person(id="x")
