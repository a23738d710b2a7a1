"""The desk's side of the queue: what a tap or words ask for, and how requests look there. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation.buttons import batched
from bot.handover.words import TEAMS, Asked, Listed, Message, Opened
from bot.model import Button, Rows, Say
from bot.staff import codes, times
from bot.staff.asks import Facts, Reply, Serve, Serving, Tell, reply
from bot.staff.case import Case
from bot.staff.state import waiting

MOST = 10
"""Requests in one list."""
OPEN, SEND = "queue-open", "queue-send"
LATEST = 6
"""Messages of a talk that are shown; the console shows all."""


def serve(deed: Serving, case: Case) -> Reply:
    """A step of the queue, from what was seen."""
    return reply(Serve(deed, case.code.id, case.code.version))


def pass_on(case: Case) -> Reply:
    """To the team that the button names; without one, ask which."""
    code = case.code
    team = next((one for one in TEAMS if one == code.name), None)
    if team is not None:
        return reply(Serve("pass", code.id, code.version, team))
    rows = tuple(
        (Button(case.facts.say(f"queue.team.{one}"), codes.write("q-pass", code.id, code.version, one)),)
        for one in TEAMS
    )
    return reply(Tell(Say(case.facts.say("queue.which-team"), rows)))


def answer(case: Case) -> Reply:
    """Ask for the words; they are shown once more before they go."""
    code = case.code
    seen = {"version": str(code.version), "seen": code.name if code.name.isdecimal() else "0"}
    desk = waiting("answer", code.id, case.facts.now, texts=seen)
    return reply(case.facts.tell("queue.type"), desk=desk)


def typed(case: Case, text: str) -> Reply:
    """The words of an answer."""
    desk = waiting("answer", case.desk.id, case.facts.now, texts={**case.desk.texts, "words": text})
    ask = Serve("preview", desk.id, int(desk.texts.get("version", "0")), words=text)
    return reply(ask, desk=desk)


def send(case: Case) -> Reply:
    """What was typed goes to the person."""
    texts = case.desk.texts
    if case.desk.waits != "answer" or case.desk.id != case.code.id or "words" not in texts:
        return reply(case.facts.tell("old-button"))
    seen = int(texts.get("seen", "0"))
    ask = Serve("answer", case.code.id, int(texts["version"]), words=texts["words"], seen=seen)
    return reply(ask)


def listed(facts: Facts, found: Listed) -> Say:
    """Who waits, the longest first."""
    if not found.rows:
        return Say(facts.say("queue.nobody"))
    lines = [line(facts, one) for one in found.rows]
    more = found.total - len(found.rows)
    lines += [facts.say("queue.more", number=str(more))] if more else []
    keys = [
        Button(facts.say(f"button.{OPEN}", code=one.code), codes.write("q-open", one.id, one.version))
        for one in found.rows
    ]
    return Say("\n".join((facts.say("queue.title", number=str(found.total)), *lines)), batched(keys, 2))


def line(facts: Facts, one: Asked) -> str:
    """A request without a word of the person."""
    team, kind = facts.say(f"queue.team.{one.team}"), facts.say(f"queue.kind.{one.kind}")
    state = (
        facts.say("queue.claimed", name=one.claimer)
        if one.state == "claimed"
        else facts.say("queue.waits", wait=lasting(facts, facts.now - one.asked))
    )
    key = "queue.line-new" if one.unanswered else "queue.line"
    new = str(one.unanswered)
    return facts.say(key, code=one.code, team=team, kind=kind, state=state, number=new)


def lasting(facts: Facts, wait: timedelta) -> str:
    """ "35 min", "3 h", "2 days"."""
    minutes = max(0, int(wait.total_seconds()) // 60)
    if minutes < 60:
        return facts.say("queue.minutes", number=str(minutes))
    if minutes < 24 * 60:
        return facts.say("queue.hours", number=str(minutes // 60))
    return facts.say("queue.days", number=str(minutes // (24 * 60)))


def opened(facts: Facts, found: Opened) -> Say:
    """All that the person told, protected on the phone, with what can be done."""
    asked, words = found.asked, found.words
    lines = [line(facts, asked), facts.say("queue.topic", topic=asked.topic)]
    told = (("phone", words.phone), ("best-time", words.best_time), ("note", words.note))
    lines += [facts.say(f"queue.{name}", value=value) for name, value in told if value]
    lines += [_message(facts, one) for one in found.messages[-LATEST:]]
    return Say("\n".join(lines), ways(facts, asked, found.seen), sensitive=True)


def _message(facts: Facts, one: Message) -> str:
    when = times.written(one.at, facts.world.directory.zone)
    mark = facts.say("room.flagged") + "\n" if one.flagged else ""
    name = one.name if one.side == "staff" else facts.say("queue.person")
    return f"\n{mark}{name}, {when}:\n{one.text}"


def ways(facts: Facts, asked: Asked, seen: int = 0) -> Rows:
    """What can be done with it as it is now."""
    if asked.state not in ("open", "claimed"):
        return ()

    def key(name: str, more: str = "") -> Button:
        code = codes.write(name.replace("queue-", "q-"), asked.id, asked.version, more)
        return Button(facts.say(f"button.{name}"), code)

    first = key("queue-claim") if asked.state == "open" else key("queue-release")
    called = (key("queue-called"),) if asked.kind == "call" else ()
    return ((first, key("queue-pass")), (key("queue-answer", str(seen)), *called), (key("queue-done"),))


def shown(facts: Facts, asked: Asked, say: Say) -> Sequence[Say]:
    """An answer as the person will see it, and the last question."""
    send_it = Button(facts.say(f"button.{SEND}"), codes.write("q-send", asked.id, asked.version))
    return (Say(facts.say("queue.preview", words=say.text), ((send_it,),)),)
