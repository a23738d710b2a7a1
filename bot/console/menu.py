"""The console's menu: which pages there are, and which of them a role may open."""

from typing import NamedTuple

from bot.staff.rights import Right, may
from bot.store.staff import Role


class Entry(NamedTuple):
    """`key` is the text console.menu.<key>."""

    key: str
    path: str
    right: Right
    here: bool = False


MENU: tuple[Entry, ...] = (
    Entry("today", "/staff", "look"),
    Entry("queue", "/staff/queue", "notes"),
    Entry("sessions", "/staff/sessions", "look"),
    Entry("broadcasts", "/staff/broadcasts", "look"),
    Entry("leaflets", "/staff/leaflets", "look"),
    Entry("questions", "/staff/questions", "knowledge"),
    Entry("insights", "/staff/insights", "figures"),
    Entry("coverage", "/staff/coverage", "look"),
    Entry("freshness", "/staff/freshness", "look"),
    Entry("people", "/staff/people", "people"),
    Entry("team", "/staff/team", "team"),
    Entry("audit", "/staff/audit", "audit"),
)


def menu_for(role: Role, path: str) -> tuple[Entry, ...]:
    """What this role may open; the page they are on is marked."""
    own = [one for one in MENU if may(role, one.right)]
    # Every page begins with the address of Today; what belongs to no entry belongs to none.
    fitting = [one for one in own if path == one.path or (path.startswith(f"{one.path}/") and one != MENU[0])]
    here = max(fitting, key=lambda one: len(one.path), default=None)
    return tuple(one._replace(here=one is here) for one in own)
