"""Who may do what at the desk. Looked up for every tap and command: a role may have been taken away."""

from typing import Literal, TypeAlias

from bot.store.staff import Role

Right: TypeAlias = Literal[
    "look", "people", "stop", "write", "sessions", "notes", "knowledge", "figures", "team", "audit"
]

RIGHTS: dict[Right, tuple[Role, ...]] = {
    # Lists, reports, coming sessions, notices.
    "look": ("viewer", "navigator", "editor", "admin"),
    # Who comes to a session (pseudonyms), and messages that nobody is sure of.
    "people": ("navigator", "editor", "admin"),
    # A broadcast that goes wrong must be stopped by whoever sees it.
    "stop": ("navigator", "editor", "admin"),
    # Write, send, approve, correct and delete broadcasts.
    "write": ("editor", "admin"),
    # Add, change, cancel and repeat sessions; make leaflets.
    "sessions": ("navigator", "editor", "admin"),
    # What people wrote to the team: their notes and messages. Every look at one is in the audit log.
    "notes": ("navigator", "admin"),
    # Questions that people shared, and making articles of them.
    "knowledge": ("editor", "admin"),
    # Insights and their exports: numbers only, small ones hidden.
    "figures": ("viewer", "navigator", "editor", "admin"),
    # Who is staff, and what they may do.
    "team": ("admin",),
    "audit": ("admin",),
}


def may(role: Role, right: Right) -> bool:
    return role in RIGHTS[right]
