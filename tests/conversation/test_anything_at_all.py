"""Whatever people do, in whatever order, there is an answer, and the person can be saved."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import codes
from bot.model import Event, Located, Opened, Person, Said, Say, Sent, Tapped
from tests.worlds import NOW, real, saved

WORDS = st.sampled_from(
    "yes no aye nope 1 2 b 2nd skip back menu stop help person why eh6 London zoom next-tue 14/3 three "
    "delete done purple ? 0131-496-0000 more change enough carry-on language".split()
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    WORDS.map(lambda word: Said(word.replace("-", " "))),
    st.text(max_size=80).map(Said),
    st.text(max_size=60).map(lambda text: Said(text, edited=True)),
    st.builds(Sent, st.sampled_from(["photo", "voice", "sticker", "odd"]), st.text(max_size=10)),
    st.builds(Located, st.floats(-90, 90), st.floats(-180, 180)),
    st.sampled_from(["", "area-wessex", "article-what-is-prehab", "flow-find-session_area-london"]).map(
        Opened
    ),
    st.text(max_size=64).map(Opened),
    st.sampled_from(["find-session", "talk-to-person", "welcome", "share-question"]).map(
        lambda f: Tapped(f"w:{f}")
    ),
    st.text(max_size=64).map(Tapped),
    st.builds(
        lambda r, v, o: Tapped(f"r:{r}:{v}:{o}"),
        st.integers(0, 4),
        st.integers(0, 6),
        st.sampled_from(["yes", "no", "call", "me", "skip", "done", "online", "any"]),
    ),
    st.integers(0, 9).map(lambda n: Tapped(f"#{n}")),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    events=st.lists(st.tuples(EVENTS, st.sampled_from([0, 1, 30])), max_size=14),
    channel=st.sampled_from(["web", "telegram"]),
)
def test_random_people_always_get_an_answer(events: list[tuple[Event, int]], channel: str) -> None:
    person, now = Person(id="x", channel=channel), NOW
    shown: list[str] = []
    for event, hours in events:
        now += timedelta(hours=hours)
        if isinstance(event, Tapped) and event.code[:1] == "#" and event.code[1:].isdecimal() and shown:
            event = Tapped(shown[int(event.code[1:]) % len(shown)])
        turn = real().respond(saved(person), event, now)
        says = [action for action in turn.actions if isinstance(action, Say)]
        person = turn.person
        shown = [button.code for say in says for row in say.rows for button in row if button.code]
        assert turn.actions
        assert all(say.text.strip() for say in says)
        assert all(len(code.encode()) <= codes.ROOM for code in shown)


@settings(max_examples=40, deadline=None)
@given(text=st.text(alphabet=st.characters(), max_size=3000))
def test_any_text_gets_an_answer(text: str) -> None:
    turn = real().respond(Person(id="x"), Said(text), NOW)
    assert any(isinstance(action, Say) for action in turn.actions)


def test_a_megabyte_gets_an_answer() -> None:
    for text in (
        "a" * 1_000_000,
        "chest pain " * 100_000,
        "😀" * 300_000,
        "<script>" * 100_000,
        "\x00\u202e" * 200_000,
    ):
        assert real().respond(Person(id="x"), Said(text), NOW).actions


def test_the_same_event_gives_the_same_turn() -> None:
    first = real().respond(Person(id="x"), Said("can i exercise"), NOW)
    assert first == real().respond(Person(id="x"), Said("can i exercise"), NOW)
