"""respond(): what the desk does about a tap, a command or words. Pure; rights are checked for every one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.model import Event, Said, Sent, Tapped
from bot.staff import adding, codes, lists, queue_words, replying, steps
from bot.staff.asks import Facts, Reply, reply
from bot.staff.case import Case
from bot.staff.codes import Code
from bot.staff.rights import Right, may
from bot.staff.state import NOTHING, Desk
from bot.store.staff import Member

COMMANDS = {
    "broadcast": "new",
    "broadcasts": "list",
    "coming": "coming",
    "sessions": "coming",
    "new": "add",
    "cancel": "to-off",
    "unsure": "unsure",
    "notices": "notices",
    "digest": "digest",
    "queue": "queue",
    "help": "help",
}
"""What staff type as /word, and the verb it stands for."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What a tap may want: who may, and what comes of it. `about`: it speaks of a broadcast."""

    right: Right
    do: Callable[[Case], Reply]
    about: bool = True


def for_desk(desk: Desk, event: Event) -> bool:
    """Whether this is the desk's: a staff command, a desk's button, or the words it waits for."""
    match event:
        case Tapped(code):
            return codes.ours(code)
        case Said(text, edited):
            if edited:
                return desk.wrote and not text.startswith("/")
            return bool(command_in(text)) or (bool(desk.waits) and not text.startswith("/"))
        case Sent():
            return bool(desk.waits)
        case _:
            return False


def command_in(text: str) -> str:
    """The verb of a staff command, or ""."""
    words = text[1:].split(maxsplit=1) if text.startswith("/") else []
    return COMMANDS.get(words[0].lower(), "") if words else ""


def spoken_of(desk: Desk, event: Event) -> int:
    """The broadcast that this is about; 0 is none."""
    if isinstance(event, Tapped):
        code = codes.read(event.code)
        return code.id if code else 0
    return desk.id


def left(desk: Desk) -> Desk:
    """They do something else meanwhile: nothing is waited for; words can still be edited for a while."""
    return replace(desk, waits="") if desk.wrote else NOTHING


def respond(member: Member, desk: Desk, event: Event, facts: Facts) -> Reply:
    """The desk afterwards, and what is to be done."""
    match event:
        case Tapped(code):
            return _verb(member, desk, codes.read(code), facts)
        case Said(text, False) if verb := command_in(text):
            return _verb(member, desk, Code(verb), facts)
        case Said(text):
            return replying.words(Case(member, desk, facts, Code("")), text)
        case _:
            return reply(facts.tell("words.only"), desk=desk)


def _verb(member: Member, desk: Desk, code: Code | None, facts: Facts) -> Reply:
    verb = VERBS.get(code.verb) if code else None
    if code is None or verb is None:
        return reply(facts.tell("old-button"), desk=left(desk))
    if not may(member.role, verb.right):
        return reply(facts.tell("no-right", role=member.role), desk=left(desk))
    if verb.about and facts.broadcast is None:
        return reply(facts.tell("no-broadcast"), desk=left(desk))
    answer = verb.do(Case(member, desk, facts, code))
    return answer if answer.desk != NOTHING else replace(answer, desk=left(desk))


VERBS: dict[str, Verb] = {
    "new": Verb("write", steps.new, about=False),
    "write-to": Verb("write", steps.write_to, about=False),
    "whom": Verb("write", partial(steps.show, "whom")),
    "pick": Verb("write", steps.pick),
    "put": Verb("write", steps.put),
    "all": Verb("write", steps.everyone),
    "words": Verb("write", steps.words),
    "look": Verb("look", partial(steps.show, "preview")),
    "me": Verb("write", partial(steps.do, "send-to-me")),
    "send": Verb("write", partial(steps.do, "propose")),
    "at": Verb("write", steps.at),
    "when": Verb("write", steps.when),
    "weekly": Verb("write", steps.weekly),
    "now": Verb("write", steps.at_once),
    "drop": Verb("write", partial(steps.do, "cancel")),
    "back": Verb("write", partial(steps.do, "take-back")),
    "yes": Verb("write", partial(steps.do, "approve")),
    "no": Verb("write", partial(steps.do, "refuse")),
    "stop": Verb("stop", partial(steps.do, "stop")),
    "go": Verb("write", partial(steps.do, "resume")),
    "fix": Verb("write", steps.fix),
    "edit": Verb("write", partial(steps.rewrite, "correct")),
    "more": Verb("write", partial(steps.rewrite, "follow")),
    "undo": Verb("write", steps.undo),
    "undo-yes": Verb("write", partial(steps.do, "recall")),
    "open": Verb("look", partial(steps.show, "broadcast")),
    "report": Verb("look", partial(steps.show, "report")),
    "list": Verb("look", partial(steps.show, "broadcasts"), about=False),
    "coming": Verb("look", partial(steps.show, "coming"), about=False),
    "to-off": Verb("sessions", partial(steps.show, "to-call-off"), about=False),
    "off": Verb("sessions", partial(steps.show, "call-off"), about=False),
    "off-yes": Verb("sessions", steps.call_off, about=False),
    "add": Verb("sessions", adding.begin, about=False),
    "copy": Verb("sessions", adding.copy, about=False),
    "often": Verb("sessions", adding.often, about=False),
    "places": Verb("sessions", adding.places, about=False),
    "add-yes": Verb("sessions", partial(adding.save, False), about=False),
    "add-real": Verb("sessions", partial(adding.save, True), about=False),
    "add-no": Verb("sessions", adding.drop, about=False),
    "who": Verb("people", partial(steps.show, "who"), about=False),
    "unsure": Verb("people", partial(steps.show, "unsure"), about=False),
    "again": Verb("people", partial(steps.resolve, True), about=False),
    "leave": Verb("people", partial(steps.resolve, False), about=False),
    "notices": Verb("look", partial(steps.show, "notices"), about=False),
    "digest": Verb("look", partial(steps.show, "digest"), about=False),
    "queue": Verb("notes", partial(steps.show, "queue"), about=False),
    "q-open": Verb("notes", partial(queue_words.serve, "open"), about=False),
    "q-claim": Verb("notes", partial(queue_words.serve, "claim"), about=False),
    "q-release": Verb("notes", partial(queue_words.serve, "release"), about=False),
    "q-called": Verb("notes", partial(queue_words.serve, "called"), about=False),
    "q-done": Verb("notes", partial(queue_words.serve, "done"), about=False),
    "q-pass": Verb("notes", queue_words.pass_on, about=False),
    "q-answer": Verb("notes", queue_words.answer, about=False),
    "q-send": Verb("notes", queue_words.send, about=False),
    "help": Verb("look", lists.help_, about=False),
}
