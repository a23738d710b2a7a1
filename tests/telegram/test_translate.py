"""What arrives from Telegram, and what it means to us."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.payload import pack, unpack
from bot.channels.telegram.translate import KINDS, READERS, Update, translate
from bot.model import Event, Located, Opened, Said, Sent, Tapped
from tests.telegram.builders import SENDER, membership, message, tap, update

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


def event(written: object) -> Event | None:
    found = translate(written)
    return found.event if found else None


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"text": "is walking ok?"}, Said("is walking ok?")),
        ({"text": "/start"}, Opened("")),
        ({"text": "/start@prehab_test_bot"}, Opened("")),
        ({"text": "/start area-wessex_flow-find-session"}, Opened("area-wessex_flow-find-session")),
        ({"text": "/start ../../etc"}, Opened("")),
        ({"text": "/start " + "a" * 65}, Opened("")),
        ({"text": "/STOP"}, Said("/stop")),
        ({"text": "/stop@prehab_test_bot"}, Said("/stop")),
        ({"text": "/language polish"}, Said("/language polish")),
        ({"text": "/ 2 of them"}, Said("/ 2 of them")),
        ({"location": {"latitude": 55.9, "longitude": -3.2}}, Located(55.9, -3.2)),
        ({"location": {"latitude": 1, "longitude": 2}, "venue": {"title": "x"}}, Located(1.0, 2.0)),
        ({"location": {"latitude": 91, "longitude": 2}}, None),
        ({"photo": PHOTO, "caption": "my letter"}, Sent("photo", "my letter")),
        ({"voice": {"file_id": "f"}}, Sent("voice")),
        ({"animation": {}, "document": {}}, Sent("animation")),
        ({"contact": {"phone_number": "+447700900123"}}, Sent("contact")),
        ({"pinned_message": {}}, None),
        ({"write_access_allowed": {}}, None),
    ],
)
def test_a_message_becomes_what_the_person_did(parts: dict[str, object], expected: Event | None) -> None:
    assert event(update(parts)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_sent_that_is_not_text_is_known_by_its_kind(kind: str) -> None:
    assert event(update({kind: {}})) == Sent(kind)


def test_an_edited_message_is_read_again() -> None:
    assert event(update({"text": "chest pain"}, "edited_message")) == Said("chest pain", edited=True)


def test_a_new_caption_is_read_again() -> None:
    assert event(update({"photo": PHOTO, "caption": "it hurts"}, "edited_message")) == Sent(
        "photo", "it hurts"
    )


def test_a_live_location_that_moves_is_not_answered_each_time() -> None:
    assert event(update({"location": {"latitude": 1.0, "longitude": 2.0}}, "edited_message")) is None


def test_a_tap_keeps_the_buttons_code_and_the_query_to_nod_at() -> None:
    found = translate({"update_id": 7, "callback_query": tap("c:menu", query="q9")})
    assert found == Update(7, "501", Tapped("c:menu"), query="q9")


def test_a_tap_under_a_message_too_old_to_see_still_counts() -> None:
    query = {**tap("c:menu"), "message": {"chat": message()["chat"], "message_id": 1, "date": 0}}
    assert event({"update_id": 7, "callback_query": query}) == Tapped("c:menu")


@pytest.mark.parametrize(
    ("status", "standing"), [("kicked", "left"), ("member", "returned"), ("left", "left")]
)
def test_blocking_and_letting_in_again_is_noticed(status: str, standing: str) -> None:
    found = translate({"update_id": 1, "my_chat_member": membership(status)})
    assert found == Update(1, "501", standing=standing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        update({"text": "hello", "chat": -100}),
        {"update_id": 1, "message": {**message(text="hi"), "chat": {"id": 5, "type": "supergroup"}}},
        {"update_id": 1, "channel_post": message(text="hi")},
        {"update_id": 1, "inline_query": {"id": "1", "from": SENDER, "query": "x", "offset": ""}},
        {"update_id": 1, "business_message": message(text="hi")},
        {"update_id": 1, "message": {**message(text="hi"), "from": None}},
        {"update_id": 1, "message": {**message(text="hi"), "from": {**SENDER, "is_bot": True}}},
        {
            "update_id": 1,
            "callback_query": {"id": "1", "from": SENDER, "data": "x", "inline_message_id": "1"},
        },
        {"update_id": 1, "something_new": {"from": SENDER}},
        {"update_id": 1},
    ],
)
def test_groups_channels_bots_and_strange_updates_meet_silence(written: dict[str, object]) -> None:
    assert event(written) is None


def test_photos_of_one_album_share_their_mark_but_a_caption_is_never_skipped() -> None:
    plain = translate(update({"photo": PHOTO, "media_group_id": "99"}))
    spoken = translate(update({"photo": PHOTO, "media_group_id": "99", "caption": "chest pain"}))
    assert (plain and plain.album, spoken and spoken.album) == ("99", "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.fixed_dictionaries(
    {"chat": JSON | st.just({"id": 501, "type": "private"}), "from": JSON | st.just(SENDER)},
    optional={
        "text": JSON,
        "caption": JSON,
        "location": JSON | st.fixed_dictionaries({"latitude": JSON, "longitude": JSON}),
        "photo": JSON,
        "media_group_id": JSON,
        "data": JSON,
        "id": JSON,
        "message": JSON | st.just(message()),
        "new_chat_member": JSON | st.fixed_dictionaries({"status": JSON}),
    },
)
UPDATES = st.fixed_dictionaries(
    {"update_id": JSON | st.integers(0, 10)}, optional={kind: JSON | PARTS for kind in READERS}
)


@settings(max_examples=150, deadline=None)
@given(JSON | UPDATES)
def test_no_json_at_all_makes_reading_fail(written: object) -> None:
    assert isinstance(translate(written), Update | None)


@settings(max_examples=100, deadline=None)
@given(UPDATES)
def test_what_was_read_survives_the_inbox(written: dict[str, object]) -> None:
    read = event(written)
    assert read is None or unpack(pack(read)) == read


@given(st.text() | JSON.map(json.dumps))
def test_a_payload_that_is_none_of_ours_is_nothing(payload: str) -> None:
    assert unpack(payload) is None


def test_the_inbox_keeps_no_name_and_no_number() -> None:
    read = event(update({"contact": {"phone_number": "+447700900123", "first_name": "Anne"}}))
    assert read is not None
    assert pack(read) == '{"kind": "Sent", "of": {"kind": "contact", "caption": ""}}'
