"""Doing what the desk decided, through the broadcasts' own steps; a Refusal goes up to whoever asked."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, assert_never

from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast, Draft, Press, checks
from bot.model import Say
from bot.staff import dating, figures, progress, queueing, screens, telling
from bot.staff.asks import Ask, CallOff, Change, Deed, Do, Make, Resolve, Serve, Show, Tell
from bot.staff.showing import show
from bot.staff.work import Work
from bot.store import audit, staff, unsure

Step: TypeAlias = Callable[[Work, Do], Awaitable[Broadcast]]


async def do(work: Work, ask: Ask) -> tuple[Say, ...]:
    """What is to be said about it."""
    match ask:
        case Tell(say):
            return (say,)
        case Make(draft):
            return await show(work, Show("whom", (await make(work, draft)).id))
        case Change():
            await change(work, ask)
            return ()
        case Do():
            return await _deed(work, ask)
        case Show() | Serve() | CallOff():
            return await _beside(work, ask)
        case Resolve():
            return await _resolve(work, ask)
        case _:
            assert_never(ask)


async def _beside(work: Work, ask: Show | Serve | CallOff) -> tuple[Say, ...]:
    """What is only looked at, and what is no broadcast's."""
    match ask:
        case Show():
            return await show(work, ask)
        case Serve():
            return await queueing.serve(work, ask)
        case CallOff():
            return await dating.call_off(work, ask)


async def make(work: Work, draft: Draft) -> Broadcast:
    """A draft; the same request again gives the one that it made, as it is now."""
    made = await broadcasts.make(work.tx, work.by, work.request, draft, work.facts.now)
    await _write_down_once(work, "make", made)
    return made


async def change(work: Work, ask: Change) -> Broadcast:
    """Words that cannot be sent are refused at once, while the one who wrote them is still there."""
    if ask.draft.texts:
        checks.check_words(ask.draft, work.facts.world)
    press = Press(ask.id, ask.version, work.by)
    changed = await broadcasts.change(work.tx, press, ask.draft, work.facts.now)
    await _write_down(work, "change", changed)
    return changed


async def resolve(work: Work, ask: Resolve) -> int:
    """How many unsure messages are sent again, or left, now."""
    found = await unsure.listed(work.tx, 1_000_000)
    ids = [one.id for one in found if not ask.ids or one.id in ask.ids]
    done = await unsure.resolve(work.tx, ids, ask.again, work.member.name, work.facts.now) if ids else 0
    if done:
        what = "unsure.again" if ask.again else "unsure.leave"
        about = f"message:{ids[0]}" if len(ids) == 1 else "messages"
        await audit.add(work.tx, work.who, what, about, work.facts.now, f"{done} messages")
    return done


async def _resolve(work: Work, ask: Resolve) -> tuple[Say, ...]:
    done = await resolve(work, ask)
    key = "unsure.sent-again" if ask.again else "unsure.left"
    return (Say(work.facts.say(key, number=screens.number(done))), *await show(work, Show("unsure")))


async def _write_down_once(work: Work, what: str, made: Broadcast) -> None:
    """The beginning of a broadcast, however often it was asked for."""
    if not await audit.latest(work.tx, 1, about=made.about):
        await _write_down(work, what, made)


async def _write_down(work: Work, what: str, row: Broadcast) -> None:
    people = "" if row.frozen is None else f", {row.frozen} people"
    await audit.add(work.tx, work.who, f"broadcast.{what}", row.about, work.facts.now, f"{row.state}{people}")


async def _deed(work: Work, ask: Do) -> tuple[Say, ...]:
    if ask.deed == "send-to-me":
        return await _to_me(work, ask)
    row = await (follow_up(work, ask) if ask.deed == "follow-up" else _step(work, ask))
    done = Say(work.facts.say(f"done.{ask.deed}", id=str(row.id)))
    if ask.deed == "refuse":
        await _tell_author(work, row)
        return (done,)
    if row.state == "draft":
        return (done, *await show(work, Show("preview", row.id)))
    if row.state == "waits":
        return (await _waits(work, row),)
    return await _begun(work, row, done)


async def _step(work: Work, ask: Do) -> Broadcast:
    row = await DEEDS[ask.deed](work, ask)
    await _write_down(work, ask.deed, row)
    return row


async def follow_up(work: Work, ask: Do) -> Broadcast:
    """A draft for those who got it; the same request again gives the same one."""
    made = await broadcasts.follow_up(work.tx, _press(work, ask), work.request, ask.texts, work.facts.now)
    await _write_down_once(work, ask.deed, made)
    return made


async def _to_me(work: Work, ask: Do) -> tuple[Say, ...]:
    await broadcasts.send_to_me(work.tx, ask.id, work.chat, work.facts.world, work.facts.now)
    row = await broadcasts.get(work.tx, ask.id)
    await _write_down(work, ask.deed, row)
    return (screens.choose(work.facts, row, work.member, "done.send-to-me"),)


async def _waits(work: Work, row: Broadcast) -> Say:
    """Colleagues are asked; how many there are is told, because it may be nobody."""
    asked = await telling.ask_approval(work.tx, work.facts, row)
    key = "done.waits" if asked else "done.waits-nobody"
    text = work.facts.say(key, id=str(row.id), people=screens.people(work.facts, asked))
    status = figures.status(work.facts, row, await broadcasts.report(work.tx, row.id))
    return Say(f"{text}\n\n{status.text}", status.rows)


async def _begun(work: Work, row: Broadcast, done: Say) -> tuple[Say, ...]:
    """The message that edits itself says the rest where it is; elsewhere it is said once."""
    await progress.refresh(work.tx, work.facts, row.id)
    row = await broadcasts.get(work.tx, row.id)
    if row.shown_in == progress.chat_of(work.member):
        return (done,)
    status = figures.status(work.facts, row, await broadcasts.report(work.tx, row.id))
    return (Say(f"{done.text}\n\n{status.text}", status.rows),)


async def _tell_author(work: Work, row: Broadcast) -> None:
    author = await staff.of_id(work.tx, row.by)
    text = work.facts.say("refused.told", id=str(row.id), name=work.member.name)
    say = Say(text, ((screens.button(work.facts, "open", "open", row),),))
    await telling.tell(work.tx, author, f"refused:{row.id}:{row.version}", say, work.facts.now)


def _press(work: Work, ask: Do) -> Press:
    return Press(ask.id, ask.version, work.by)


async def _propose(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.propose(work.tx, _press(work, ask), work.facts.world, work.facts.now)


async def _approve(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.approve(work.tx, _press(work, ask), work.facts.world, work.facts.now)


async def _take_back(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.take_back(work.tx, _press(work, ask), work.facts.now)


async def _cancel(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.cancel(work.tx, _press(work, ask), work.facts.now)


async def _stop(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.stop(work.tx, ask.id, work.by, work.facts.now)


async def _resume(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.resume(work.tx, _press(work, ask), work.facts.world, work.facts.now)


async def _correct(work: Work, ask: Do) -> Broadcast:
    world, now = work.facts.world, work.facts.now
    return await broadcasts.correct(work.tx, _press(work, ask), ask.texts, world, now)


async def _recall(work: Work, ask: Do) -> Broadcast:
    return await broadcasts.recall(work.tx, ask.id, work.by, work.facts.now)


DEEDS: dict[Deed, Step] = {
    "propose": _propose,
    "approve": _approve,
    "refuse": _take_back,
    "take-back": _take_back,
    "cancel": _cancel,
    "stop": _stop,
    "resume": _resume,
    "correct": _correct,
    "recall": _recall,
}
