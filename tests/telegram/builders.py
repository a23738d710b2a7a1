"""Updates as Telegram writes them."""

from collections.abc import Mapping
from itertools import count

SENDER = {"id": 501, "is_bot": False, "first_name": "Anne", "last_name": "Example", "username": "anne_e"}
CHAT = {"id": 501, "type": "private", "first_name": "Anne"}
_numbers = count(1)


def message(chat: object = 501, **parts: object) -> dict[str, object]:
    """A message in somebody's own chat; its parts may replace anything."""
    return {
        "message_id": next(_numbers),
        "date": 1,
        "chat": {**CHAT, "id": chat},
        "from": {**SENDER, "id": chat},
        **parts,
    }


def update(parts: Mapping[str, object], kind: str = "message", number: int = 1) -> dict[str, object]:
    return {"update_id": number, kind: message(**parts)}


def tap(code: str, chat: int = 501, query: str = "q1") -> dict[str, object]:
    """The content of a callback query."""
    return {
        "id": query,
        "from": {**SENDER, "id": chat},
        "message": message(chat),
        "chat_instance": "1",
        "data": code,
    }


def membership(status: str, chat: int = 501) -> dict[str, object]:
    return {
        "chat": {**CHAT, "id": chat},
        "from": {**SENDER, "id": chat},
        "date": 1,
        "old_chat_member": {"user": SENDER, "status": "member"},
        "new_chat_member": {"user": SENDER, "status": status},
    }
