"""Which step a broadcast allows, and to whom. Pure; a refusal is the key of a sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from bot.conversation.world import Local
from bot.messaging.broadcasts.words import Broadcast, By, Refusal, State

Step: TypeAlias = Literal[
    "change", "propose", "approve", "take-back", "cancel", "stop", "resume", "correct", "recall", "follow-up"
]

ALLOWED: Mapping[Step, tuple[State, ...]] = {
    "change": ("draft",),
    "propose": ("draft",),
    "approve": ("waits",),
    "take-back": ("waits", "set", "holding", "stopped"),
    "cancel": ("draft", "waits", "set", "holding", "stopped"),
    "stop": ("set", "holding", "sending"),
    "resume": ("stopped",),
    "correct": ("stopped", "done"),
    "recall": ("waits", "holding", "sending", "stopped", "done", "cancelled"),
    "follow-up": ("stopped", "done", "cancelled", "recalled"),
}
ONLY_BEGUN: tuple[Step, ...] = ("correct", "recall", "follow-up")
"""Before anything has gone out there is nothing to correct: staff take it back and change it."""


def check(step: Step, row: Broadcast, by: By, begun: bool) -> None:
    """Raise the refusal, if there is one. `begun`: something may have reached somebody."""
    if by.role == "viewer":
        raise Refusal("broadcast.refused.viewer")
    if row.state not in ALLOWED[step] or (step == "take-back" and begun and row.state != "waits"):
        raise Refusal(f"broadcast.refused.when-{row.state}")
    if step in ONLY_BEGUN and not begun:
        raise Refusal("broadcast.refused.nobody-got-it")
    if step == "approve" and by.id == row.by:
        raise Refusal("broadcast.refused.own")


def off(row: Broadcast, begun: bool, local: Local, now: datetime) -> dict[str, object]:
    """The columns of one that has its words and its people: it waits for approval, for its time, or is held
    for the last seconds in which it can be stopped before anything is out."""
    if local.broadcast_approval and row.approved_by is None:
        return {"state": "waits"}
    later = row.draft.send_at is not None and row.draft.send_at > now and not begun
    return {"state": "set"} if later else {"state": "holding", "hold_until": now + local.broadcast_hold}


def on(row: Broadcast, begun: bool, local: Local, now: datetime) -> dict[str, object]:
    """The columns of a stopped one that goes on: where it had begun, and is approved, nothing holds it."""
    off_now = off(row, begun, local, now)
    return {"state": "sending"} if begun and off_now["state"] == "holding" else off_now


def back(begun: bool) -> dict[str, object]:
    """The columns of one that was taken back; where it had begun, its list stays as it is."""
    return {"state": "stopped"} if begun else {"state": "draft", "frozen": None, "approved_by": None}
