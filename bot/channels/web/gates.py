"""What stops a form before it is answered, in order; a red flag's card is shown even then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.web.forms import Posted
from bot.channels.web.ports import Navigating
from bot.channels.web.visitors import Visitor
from bot.model import Person, Say


@dataclass(frozen=True, slots=True)
class Visit:
    """One posted form: who sent it, whether our own page did, and how long they should wait."""

    visitor: Visitor
    person: Person
    posted: Posted
    ours: bool
    wait: float
    now: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person is shown. Where it was not `taken`, their words go back into the box."""

    says: tuple[Say, ...] = ()
    status: int = 200
    taken: bool = True
    empty: bool = False


def refused(navigator: Navigating, visit: Visit) -> Reply | None:
    """The first reason not to pass this form on, or None."""
    for gate in GATES:
        status, key = gate(visit)
        if status:
            return _refusal(navigator, visit, status, key)
    return None


def _refusal(navigator: Navigating, visit: Visit, status: int, key: str) -> Reply:
    card = navigator.flagged_card(visit.person, visit.posted.text, visit.now)
    if status == 422 and card is None:
        return Reply(status=status, taken=False, empty=True)
    return Reply((card or Say(navigator.texts_for(visit.person)(key)),), status, taken=False)


def _forged(visit: Visit) -> tuple[int, str]:
    return (0, "") if visit.ours else (403, "web.lost")


def _too_fast(visit: Visit) -> tuple[int, str]:
    return (429, "web.too-fast") if visit.wait else (0, "")


def _empty(visit: Visit) -> tuple[int, str]:
    return (422, "web.empty") if visit.posted.event is None else (0, "")


GATES: tuple[Callable[[Visit], tuple[int, str]], ...] = (_forged, _too_fast, _empty)
