"""The desk's shell for the queue: the same steps as in the console, with the same refusals and audit rows."""

from bot.handover import queue
from bot.handover.words import Asked, Page, Press
from bot.model import Say
from bot.staff import queue_words
from bot.staff.asks import Serve, Show
from bot.staff.work import Work


async def show(work: Work, ask: Show) -> tuple[Say, ...]:
    """The list of those who wait: nobody's words, so nothing is written down."""
    found = await queue.listed(work.tx, page=Page(0, queue_words.MOST))
    return (queue_words.listed(work.facts, found),)


async def serve(work: Work, ask: Serve) -> tuple[Say, ...]:
    """Do one step and say what came of it. Raises Refusal."""
    match ask.deed:
        case "open":
            opened = await queue.one(work.tx, ask.id, work.who, work.facts.now)
            return (queue_words.opened(work.facts, opened),)
        case "preview":
            asked = await queue.glance(work.tx, ask.id)
            say = queue.check_answer(ask.words, asked, work.facts.world)
            return tuple(queue_words.shown(work.facts, asked, say))
        case "answer":
            press = Press(ask.id, ask.version, work.who)
            await queue.answer(work.tx, press, ask.words, work.facts.world, work.facts.now, ask.seen)
            return _done(work, ask, await queue.glance(work.tx, ask.id))
        case _:
            return _done(work, ask, await _step(work, ask))


async def _step(work: Work, ask: Serve) -> Asked:
    press, world, now = Press(ask.id, ask.version, work.who), work.facts.world, work.facts.now
    if ask.deed == "pass":
        return await queue.pass_on(work.tx, press, ask.team, world, now)
    steps = {
        "claim": queue.claim,
        "release": queue.release,
        "called": queue.called,
        "done": queue.done,
    }
    return await steps[ask.deed](work.tx, press, world, now)


def _done(work: Work, ask: Serve, asked: Asked) -> tuple[Say, ...]:
    facts = work.facts
    team = facts.say(f"queue.team.{asked.team}")
    said = facts.say(f"queue.did.{ask.deed}", name=work.member.name, team=team)
    return (Say(f"{asked.code}: {said}", queue_words.ways(facts, asked)),)
