"""Who may do what at the desk. Looked up for every tap and command: a role may have been taken away."""

from typing import Literal, TypeAlias

from bot.store.staff import Role

Right: TypeAlias = Literal["look", "people", "stop", "write"]

RIGHTS: dict[Right, tuple[Role, ...]] = {
    # Lists, reports, coming sessions, notices.
    "look": ("viewer", "navigator", "editor", "admin"),
    # Who comes to a session (pseudonyms), and messages that nobody is sure of.
    "people": ("navigator", "editor", "admin"),
    # A broadcast that goes wrong must be stopped by whoever sees it.
    "stop": ("navigator", "editor", "admin"),
    # Write, send, approve, correct and delete broadcasts.
    "write": ("editor", "admin"),
}


def may(role: Role, right: Right) -> bool:
    return role in RIGHTS[right]
