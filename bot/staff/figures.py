"""How far a broadcast is, in numbers: the message that edits itself, and the report. Pure."""

from collections.abc import Iterable, Mapping

from bot.messaging.broadcasts import Broadcast, Happened, Report
from bot.model import Button, Rows, Say
from bot.staff import drafting, times
from bot.staff.asks import Facts
from bot.staff.screens import button, number, people, when

BUTTONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "draft": (("open", "look"), ("throw-away", "drop")),
    "waits": (("take-back", "back"), ("throw-away", "drop")),
    "set": (("stop", "stop"), ("take-back", "back")),
    "holding": (("stop", "stop"),),
    "sending": (("stop", "stop"),),
    "stopped": (
        ("resume", "go"),
        ("correct", "fix"),
        ("delete", "undo"),
        ("report", "report"),
        ("end", "drop"),
    ),
    "unsent": (("resume", "go"), ("take-back", "back"), ("throw-away", "drop")),
    "done": (("correct", "fix"), ("delete", "undo"), ("report", "report")),
    "cancelled": (("report", "report"),),
    "ended": (("write-again", "more"), ("delete", "undo"), ("report", "report")),
    "recalling": (("report", "report"),),
    "recalled": (("write-again", "more"), ("report", "report")),
}
"""What can be done in each state: the words of the button, and its verb. Stopped before the first message
is "unsent"; cancelled after it is "ended"."""

MOST = 25
"""Lines of history in a report: the last ones."""
BEFORE = ("draft", "waits", "set", "holding")
"""Nothing has gone out yet, unless these are corrected words."""


def status(facts: Facts, broadcast: Broadcast, report: Report) -> Say:
    """Where it stands. The same numbers give the same message, so that nothing is edited for nothing."""
    state = broadcast.state
    lines = [
        facts.say(f"state.{state}", id=str(broadcast.id), time=_time(facts, broadcast)),
        _to(facts, broadcast),
    ]
    if state not in BEFORE or report.sent:
        lines += _numbers(facts, report)
    if state == "set":
        lines.append(when(facts, broadcast))
    return Say("\n".join(line for line in lines if line), _rows(facts, broadcast, report))


def _to(facts: Facts, broadcast: Broadcast) -> str:
    whom = drafting.in_words(facts, broadcast.draft.audience)
    if broadcast.frozen is None:
        return facts.say("figures.whom", whom=whom)
    return facts.say("figures.to", people=people(facts, broadcast.frozen), whom=whom)


def _time(facts: Facts, broadcast: Broadcast) -> str:
    """When the hold ends, to the second."""
    if broadcast.hold_until is None:
        return ""
    return f"{broadcast.hold_until.astimezone(facts.world.directory.zone):%H:%M:%S}"


def _numbers(facts: Facts, report: Report) -> Iterable[str]:
    left = report.held + report.planned + report.sending
    failed, dropped = sum(report.failed.values()), sum(report.dropped.values())
    yield facts.say(
        "figures.sent",
        sent=number(report.sent),
        all=number(report.frozen),
        left=number(left),
        failed=number(failed),
    )
    for name, many in (("unsure", report.unsure), ("dropped", dropped), ("erased", report.erased)):
        if many:
            yield facts.say(f"figures.{name}", number=number(many))
    for name, by_state in (("edits", report.edits), ("deletes", report.deletes)):
        if by_state:
            done, all_ = by_state.get("sent", 0), sum(by_state.values())
            yield facts.say(f"figures.{name}", done=number(done), all=number(all_))


def _rows(facts: Facts, broadcast: Broadcast, report: Report) -> Rows:
    buttons = [button(facts, *one, broadcast) for one in BUTTONS[standing(broadcast, report)]]
    if report.unsure:
        buttons.append(button(facts, "unsure", "unsure"))
    return tuple((one,) for one in buttons)


def standing(broadcast: Broadcast, report: Report) -> str:
    """Its state, or "unsent" and "ended": the name under which BUTTONS has what can be done."""
    out = report.sent or report.unsure or report.sending
    if broadcast.state == "stopped" and not out:
        return "unsent"
    return "ended" if broadcast.state == "cancelled" and out else broadcast.state


def full_report(facts: Facts, broadcast: Broadcast, report: Report, happened: Iterable[Happened]) -> Say:
    """Everybody on the list, by what became of them and why; then who did what."""
    lines = [facts.say("report.title", id=str(broadcast.id)), _to(facts, broadcast), *_numbers(facts, report)]
    for name, reasons in (("failed", report.failed), ("dropped", report.dropped)):
        lines += [_reason(facts, name, reason, many) for reason, many in sorted(reasons.items())]
    lines += [facts.say("report.total", total=number(report.total)), "", *_history(facts, happened)]
    return Say("\n".join(lines).rstrip(), ((button(facts, "open", "open", broadcast),),))


def _history(facts: Facts, happened: Iterable[Happened]) -> list[str]:
    """Who did what; the same thing several times in a row is one line."""
    lines: list[str] = []
    before = ("", "")
    for one in happened:
        if (one.by, one.what) != before:
            when_ = times.written(one.at, facts.world.directory.zone)
            what = in_words(facts, "did", one.what.replace(" ", "-"), one.what)
            lines.append(facts.say("report.did", when=when_, name=one.by, what=what))
        before = (one.by, one.what)
    return lines[-MOST:]


def _reason(facts: Facts, name: str, reason: str, many: int) -> str:
    why = in_words(facts, "reason", reason.replace(" ", "-"), reason)
    return facts.say(f"report.{name}", reason=why, number=number(many))


def in_words(facts: Facts, group: str, name: str, otherwise: str) -> str:
    """A word of the program as staff say it; one that has no words of ours is told as it is."""
    known = f"staff.{group}.{name}" in facts.world.content.texts["en"]
    return facts.say(f"{group}.{name}") if known else otherwise


def one_line(facts: Facts, broadcast: Broadcast) -> Button:
    """A broadcast in a list."""
    first = " ".join(broadcast.draft.texts.get("en", "").split())[:24]
    state = facts.say(f"list.{broadcast.state}")
    label = facts.say("list.line", id=str(broadcast.id), state=state, words=first)
    return Button(label.rstrip(" :"), button(facts, "open", "open", broadcast).code)
