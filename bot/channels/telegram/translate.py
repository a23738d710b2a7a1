"""What an update of Telegram means to us. Any JSON at all may come in; nothing is ever raised."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal, TypeAlias

from bot.model import Event, Located, Opened, Said, Sent, Tapped
from bot.staff.room import GroupHeard

Json: TypeAlias = Mapping[str, object]
Standing: TypeAlias = Literal["", "left", "returned"]

LARGEST = 2**63 - 1
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,32})?(?:\s+(.*))?", re.DOTALL)
KINDS = (
    "photo",
    "live_photo",
    "voice",
    "sticker",
    "video",
    "video_note",
    "animation",
    "audio",
    "document",
    "contact",
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
)
"""An animation also carries a document and a checklist no text; the first kind that is there names it."""


@dataclass(frozen=True, slots=True)
class Update:
    """What we keep of an update: its number, whose chat it is, and what happened there."""

    number: int
    address: str = ""
    event: Event | None = None
    query: str = ""
    """The callback query that waits for our nod."""
    album: str = ""
    """Photos sent together share it, and only the first is answered."""
    standing: Standing = ""
    room: GroupHeard | None = None
    """Words or a button in a group; whether that group is the staff's is not known here."""


def translate(written: object) -> Update | None:
    """None when it is no update at all; an update without an event is one we stay silent about."""
    if not isinstance(written, dict) or (number := _whole(written.get("update_id"))) is None:
        return None
    for kind, read in READERS.items():
        if isinstance(content := written.get(kind), dict):
            return read(number, content)
    return Update(number)


def _message(number: int, message: Json) -> Update:
    address = _private(message)
    if not address and (heard := _heard(number, message, message.get("from"))) is not None:
        text = message.get("text")
        return Update(number, room=replace(heard, text=text) if isinstance(text, str) else None)
    event = _event(message) if address else None
    album = message.get("media_group_id")
    captionless = isinstance(event, Sent) and not event.caption
    return Update(number, address, event, album=album if captionless and isinstance(album, str) else "")


def _edited(number: int, message: Json) -> Update:
    """New words are read again, for safety's sake; a live location's every move is not."""
    address = _private(message)
    text = message.get("text")
    if address and isinstance(text, str):
        return Update(number, address, Said(text, edited=True))
    sent = _sent(message) if address else None
    return Update(number, address, sent if sent and sent.caption else None)


def _tapped(number: int, query: Json) -> Update:
    message = query.get("message")
    address = _private({**message, "from": query.get("from")}) if isinstance(message, dict) else ""
    code, query_id = query.get("data"), query.get("id")
    event = Tapped(code) if address and isinstance(code, str) else None
    nod = query_id if isinstance(query_id, str) else ""
    heard = _heard(number, message, query.get("from")) if isinstance(message, dict) and not address else None
    room = replace(heard, code=code) if heard and isinstance(code, str) else None
    return Update(number, address, event, query=nod, room=room)


def _heard(number: int, message: Json, sender: object) -> GroupHeard | None:
    """Where in a group, and who; other bots, channels and people who write as a group are not heard."""
    chat = message.get("chat")
    if not isinstance(chat, dict) or not isinstance(sender, dict) or sender.get("is_bot") is True:
        return None
    place, who = chat.get("id"), _whole(sender.get("id"))
    if chat.get("type") not in ("group", "supergroup") or not isinstance(place, int) or not who:
        return None
    topic = _whole(message.get("message_thread_id")) if message.get("is_topic_message") is True else None
    forum, forwarded = chat.get("is_forum") is True, "forward_origin" in message
    return GroupHeard(str(number), str(place), topic or 0, str(who), forum=forum, forwarded=forwarded)


def _member(number: int, change: Json) -> Update:
    """Someone blocked the bot, or let it in again."""
    member = change.get("new_chat_member")
    status = member.get("status") if isinstance(member, dict) else None
    standing: Standing = "left" if status in ("kicked", "left") else "returned" if status == "member" else ""
    return Update(number, _private(change), standing=standing)


def _private(message: Json) -> str:
    """The chat's address if it is one person's own chat with us, else nothing: groups get silence."""
    chat, sender = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or not isinstance(sender, dict) or chat.get("type", "private") != "private":
        return ""
    number = _whole(chat.get("id"))
    return str(number) if number and sender.get("is_bot") is not True else ""


def _event(message: Json) -> Event | None:
    text = message.get("text")
    if isinstance(text, str):
        return _said(text)
    if isinstance(place := message.get("location"), dict):
        return _located(place)
    return _sent(message)


def _said(text: str) -> Event:
    command = COMMAND.fullmatch(text.strip())
    if command is None:
        return Said(text)
    name, rest = command[1].lower(), (command[2] or "").strip()
    if name == "start":
        return Opened(rest if PAYLOAD.fullmatch(rest) else "")
    return Said(f"/{name} {rest}".rstrip())


def _located(place: Json) -> Located | None:
    latitude, longitude = _degrees(place.get("latitude"), 90), _degrees(place.get("longitude"), 180)
    return None if latitude is None or longitude is None else Located(latitude, longitude)


def _sent(message: Json) -> Sent | None:
    """Only the kind and the caption are kept: no file, no name, no phone number."""
    caption = message.get("caption")
    kind = next((kind for kind in KINDS if kind in message), None)
    return Sent(kind, caption if isinstance(caption, str) else "") if kind else None


def _whole(value: object) -> int | None:
    right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
    return value if right and isinstance(value, int) else None


def _degrees(value: object, limit: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= limit and isfinite(value) else None


READERS = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tapped,
    "my_chat_member": _member,
}
WANTED = tuple(READERS)
"""The kinds of updates that we ask Telegram for; all others are never sent to us."""
