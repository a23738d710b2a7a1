"""Walking a flow: each step does its work and says where to go, until a question waits or the flow ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.bookings import JoinProgramme
from bot.content.flows import ArticleStep as ShowArticle
from bot.content.flows import (
    Ask,
    Branch,
    Compare,
    CountStep,
    End,
    HandOver,
    Interests,
    Join,
    Keep,
    PageStep,
    Plain,
    Remember,
    SayStep,
    SessionsStep,
    SetStep,
    Share,
    SubFlow,
)
from bot.conversation import answers, buttons, keeping, measuring, suggesting
from bot.conversation.asking import most
from bot.conversation.moment import name_of, step_at
from bot.conversation.timetable import Taken, to_come
from bot.conversation.underway import Walk, all_hold, known, meant
from bot.conversation.values import options_of
from bot.model import AskHandover, Count, Frame, Location, Say, ShareQuestion, Value, Wanted

STEPS = 60
"""More steps than this without a question is a loop; `prehab check` finds it first."""


def walk(start: Walk) -> Walk:
    """On and on until a question waits or nothing is left."""
    now = start
    for _ in range(STEPS):
        if now.waits or not now.frames:
            return now
        step = step_at(now.moment.world, now.frames)
        now = VERBS[type(step)](now, step)
    raise RecursionError(f"{now.frames[-1].flow}: {STEPS} steps without a question")


def _ask(at: Walk, step: Ask) -> Walk:
    left = options_of(at.moment, step, at.place) if step.options_from else None
    if left is not None and len(left) <= (most(step) if step.ask == "several-of" else 0):
        # Nothing to choose between: all that was ticked is the answer.
        name = name_of(step, at.frames[-1].step)
        return at.keep(name, tuple(option.id for option in left)).leave("all", step.next)
    place = replace(
        at.place,
        visits=(*at.place.visits, at.frames),
        chosen=(),
        tries=0,
        page=0,
        asked_at=at.moment.now,
    )
    return replace(at, place=place, waits=True).do(measuring.step(at.moment, at.frames[-1], "asked"))


def _say(at: Walk, step: SayStep) -> Walk:
    return at.do(Say(at.written(step.say))).leave("next", step.next)


def _branch(at: Walk, step: Branch) -> Walk:
    for number, case in enumerate(step.branch):
        if all_hold(at, case.when):
            return at.leave(str(number), case.go)
    return at.leave("else", step.otherwise)


def _set(at: Walk, step: SetStep) -> Walk:
    for name, value in step.set.items():
        at = at.keep(name, meant(at, value))
    return at.leave("next", step.next)


def _sub_flow(at: Walk, step: SubFlow) -> Walk:
    start = at.moment.world.content.flows[step.flow].start
    return replace(at, frames=(*at.frames, Frame(step.flow, start)))


def _sessions(at: Walk, step: SessionsStep) -> Walk:
    """Show the next few sessions; `shown` counts them, so that coming back here shows the ones after."""
    shown = at.place.answers.get("shown")
    skip = shown if isinstance(shown, int) else 0
    wanted = wishes(at, step.sessions)
    suggested = suggesting.look(at.moment, wanted, skip)
    cards = suggesting.cards(at.moment, wanted, suggested, skip)
    at = at.keep("shown", skip + len(cards))
    # Looking at more of the same is no new search.
    at = at if skip else at.do(measuring.search(at.moment, wanted, suggested))
    area = wanted.area or at.moment.person.area
    at = at.do(Count("sessions", (("found", "yes" if cards else "no"), ("area", area))))
    if not cards:
        return at.do(suggesting.nothing(at.moment, skip)).leave("none", step.none)
    return at.do(*cards).leave("found", step.found)


def wishes(at: Walk, written: dict[str, Plain]) -> Wanted:
    """What the step asks the directory for; `$name` is an answer, "any" and a missing answer are no wish."""
    values = {name: meant(at, value) for name, value in written.items()}
    wanted: dict[str, Any] = {
        name: value for name, value in values.items() if value not in (None, "", "any", False)
    }
    days = wanted.pop("days", None)
    if days:
        wanted["latest"] = at.moment.now + timedelta(days=int(days))
    if not isinstance(wanted.get("near"), Location):
        wanted.pop("near", None)
        wanted.setdefault("area", at.moment.person.area)
    return Wanted(**wanted)


def _article(at: Walk, step: ShowArticle) -> Walk:
    say = answers.article(at.moment, step.article, in_flow=True)
    return (at.do(say) if say else at).leave("next", step.next)


def _handover(at: Walk, step: HandOver) -> Walk:
    given = at.place.answers
    note, best = (str(given.get(name or "") or "") for name in (step.note, step.best_time))
    person, phone = at.moment.person, str(given.get(step.phone or "") or "")
    team = step.teams.get(str(given.get(step.team or "")), "navigator")
    topic = at.written({"en": step.handover})
    asked = AskHandover(topic, phone, note, best, step.kind, team, person.area, person.language)
    if step.kind == "relay":
        at = replace(at, moment=at.moment.with_person(replace(person, relay=1)))
    return at.do(asked).keep("handed_over", step.kind).leave("next", step.next)


def _share(at: Walk, step: Share) -> Walk:
    text = str(at.place.answers.get(step.share) or "")
    return (at.do(ShareQuestion(text)) if text else at).leave("next", step.next)


def _remember(at: Walk, step: Remember) -> Walk:
    """Under the switch only; else the answers go with the run."""
    person = at.moment.person
    if "remember" in person.consents:
        answers_now = at.place.answers
        kept = {name: answers_now[name] for name in step.remember if answers_now.get(name) is not None}
        person = replace(person, remembered={**person.remembered, **kept})
    return replace(at, moment=at.moment.with_person(person)).leave("next", step.next)


def _count(at: Walk, step: CountStep) -> Walk:
    """Totals without anybody in them; the question before this one asked for it."""
    held = dict.fromkeys(total.what for total in step.of if all_hold(at, total.when)) or [step.otherwise]
    return at.do(*(measuring.measured(at.moment, step.count, what) for what in held)).leave("next", step.next)


def _join(at: Walk, step: Join) -> Walk:
    """Take part. Who asks for messages gets them again, whatever was stopped or paused before."""
    programme, day = at.moment.world.content.programmes.get(step.join), known(at, step.day)
    quiet = at.moment.world.local.quiet
    if programme is None or not isinstance(day, date):
        return at.leave("over", step.over)
    if not to_come(Taken(programme, day), quiet, at.moment.now):
        return at.leave("over", step.over)
    person = replace(at.moment.person, stopped=False, grieving=False)
    at = replace(at, moment=at.moment.with_person(person)).do(JoinProgramme(step.join, day))
    return at.keep("joined", step.join).leave("next", step.next)


def _interests(at: Walk, step: Interests) -> Walk:
    """Under the switch only. Who asks for news gets it again, whatever was stopped or paused before."""
    person = at.moment.person
    if "news" not in person.consents:
        return at.leave("next", step.next)
    answers_now = {name: known(at, answer) for name, answer in step.interests.items()}
    chosen = tuple((name, one) for name, value in answers_now.items() for one in _each(value))
    person = replace(person, interests=chosen, stopped=False, grieving=False)
    return replace(at, moment=at.moment.with_person(person)).leave("next", step.next)


def _each(value: Value) -> tuple[str, ...]:
    """What was ticked, or the one thing that was chosen; "any" wishes nothing."""
    chosen = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in chosen if isinstance(one, str) and one not in ("", "any"))


def _end(at: Walk, step: End) -> Walk:
    """The last words; a sub-flow's end has no buttons, for the flow above goes on."""
    then = buttons.towards(at.moment.world, at.moment.texts, step.then) if len(at.frames) == 1 else ()
    return at.do(Say(at.written(step.end), buttons.rows(then))).leave("end", None)


VERBS: dict[type[Any], Callable[[Walk, Any], Walk]] = {
    Ask: _ask,
    SayStep: _say,
    Branch: _branch,
    SetStep: _set,
    SubFlow: _sub_flow,
    SessionsStep: _sessions,
    ShowArticle: _article,
    HandOver: _handover,
    Share: _share,
    Remember: _remember,
    PageStep: keeping.page,
    CountStep: _count,
    Compare: keeping.compare,
    Keep: keeping.keep,
    Join: _join,
    Interests: _interests,
    End: _end,
}
