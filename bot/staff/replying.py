"""What is typed while the desk waits for it: the words of a message, or a time. Pure."""

from collections.abc import Collection
from dataclasses import replace

from bot.staff import adding, drafting, queue_words, screens, times
from bot.staff.asks import Change, Do, Reply, Show, Tell, reply
from bot.staff.case import Case
from bot.staff.rights import Right, may
from bot.staff.state import Waits, waiting


def words(case: Case, text: str) -> Reply:
    """Take them for what is waited for."""
    if not may(case.member.role, _right(case.desk.waits)):
        return reply(case.facts.tell("no-right", role=case.member.role))
    if case.desk.waits == "answer":
        return queue_words.typed(case, text.strip())
    if case.desk.waits in adding.WAITS:
        return adding.words(case, text)
    if case.facts.broadcast is None:
        return reply(case.facts.tell("no-broadcast"))
    return _taken(case, text)


def _right(waits: Waits) -> Right:
    if waits == "answer":
        return "notes"
    return "sessions" if waits in adding.WAITS else "write"


def _taken(case: Case, text: str) -> Reply:
    match case.desk.waits:
        case "words":
            return _draft(case, text.strip())
        case "time":
            return _time(case, text)
        case "correct" | "follow":
            return _again(case, text.strip())
        case _:
            return _edited(case, text.strip())


def _draft(case: Case, text: str) -> Reply:
    """Keep the words of this language; ask for the next, or show how it will look."""
    broadcast, language = case.broadcast, case.desk.language
    change = _with_words(case, text)
    following = _next(case, drafting.languages(case.facts))
    if following:
        desk = waiting("words", broadcast.id, case.facts.now, following)
        return reply(change, Tell(screens.ask_words(case.facts, broadcast, following)), desk=desk)
    wrote = replace(waiting("", broadcast.id, case.facts.now, language), wrote=True)
    return reply(change, Show("preview", broadcast.id), desk=wrote)


def _edited(case: Case, text: str) -> Reply:
    """They changed the message that held the words: as long as it is a draft, these are the words."""
    if case.broadcast.state != "draft":
        return reply(case.facts.tell("words.edited-too-late"), desk=case.desk)
    return reply(_with_words(case, text), Show("preview", case.broadcast.id), desk=case.desk)


def _with_words(case: Case, text: str) -> Change:
    draft = case.broadcast.draft
    written = {**draft.texts, case.desk.language: text}
    return Change(case.broadcast.id, case.broadcast.version, replace(draft, texts=written))


def _again(case: Case, text: str) -> Reply:
    """Words of a correction; when every language has its own, it is done."""
    desk, broadcast = case.desk, case.broadcast
    written = {**desk.texts, desk.language: text}
    following = _next(case, broadcast.draft.texts)
    if following:
        then = waiting(desk.waits, broadcast.id, case.facts.now, following, written)
        return reply(Tell(screens.ask_new_words(case.facts, desk.waits, following)), desk=then)
    deed: dict[Waits, Do] = {
        "correct": Do("correct", broadcast.id, broadcast.version, written),
        "follow": Do("follow-up", broadcast.id, broadcast.version, written),
    }
    return reply(deed[desk.waits])


def _time(case: Case, text: str) -> Reply:
    moment = times.read_time(text, case.facts.now, case.facts.world.directory.zone)
    if moment is None:
        return reply(case.facts.tell("time.unclear"), desk=case.desk)
    draft = replace(case.broadcast.draft, send_at=moment)
    change = Change(case.broadcast.id, case.broadcast.version, draft)
    return reply(change, Show("preview", case.broadcast.id))


def _next(case: Case, among: Collection[str]) -> str:
    """The language after this one that is among these, or ""."""
    known = drafting.languages(case.facts)
    at = known.index(case.desk.language) + 1 if case.desk.language in known else len(known)
    return next((language for language in known[at:] if language in among), "")
