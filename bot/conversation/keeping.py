"""What a flow leaves behind: a page to copy and print, a comparison with last time, a line in the plan."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.content.flows import Compare, Keep, PageLine, PageStep
from bot.conversation import buttons, codes, planning
from bot.conversation.underway import Walk, all_hold, known
from bot.model import Button, Count, Say, Value

ARTICLES = 3
"""Buttons to read on under a page: more would hide the page itself."""


def page(at: Walk, step: PageStep) -> Walk:
    """Put the page together, show it, and keep its words for the steps that follow."""
    shown = [(number, line) for number, line in enumerate(step.lines) if all_hold(at, line.when)]
    text = _words(at, step, [line for _, line in shown])
    print_it = planning.print_button(at.moment)
    read_on = _articles(at, [line for _, line in shown])
    at = at.do(Say(text, buttons.rows((*print_it, *read_on), 1), "page"), *_counted(at, shown))
    at = at.keep(step.save, text) if step.save else at
    return at.leave("next", step.next)


def _words(at: Walk, step: PageStep, lines: list[PageLine]) -> str:
    bullets = [f"• {at.written(line.line)}" for line in lines]
    if not bullets and step.nothing:
        bullets = [at.written(step.nothing)]
    parts = [at.written(step.page), *([at.written(step.intro)] if step.intro else [])]
    parts += ["\n".join(bullets), *([at.written(step.outro)] if step.outro else [])]
    return "\n\n".join(part for part in parts if part)


def _articles(at: Walk, lines: list[PageLine]) -> tuple[Button, ...]:
    """What to read on, each article once."""
    articles = at.moment.world.content.articles
    named = dict.fromkeys(line.article for line in lines if line.article in articles)
    return tuple(
        Button(articles[id].question, codes.write("article", id)) for id in list(named)[:ARTICLES] if id
    )


def _counted(at: Walk, shown: list[tuple[int, PageLine]]) -> Iterable[Count]:
    """How often each line came up, by area: what a service may want to plan for. Nobody is in it."""
    here, area = at.frames[-1], at.moment.person.area
    names = [f"line-{number}" for number, _ in shown] or ["nothing"]
    labels = (("flow", here.flow), ("step", here.step), ("area", area))
    return tuple(Count("line", (*labels, ("line", name))) for name in names)


def compare(at: Walk, step: Compare) -> Walk:
    """Each answer beside the one of last time, in words; no sum is ever shown."""
    harder = 0
    for name in step.compare:
        change = _change(known(at, name), known(at, f"last_{name}"), step.best_first)
        harder += change == "harder"
        at = at.keep(f"{name}_change", change)
    return at.keep("harder", harder).leave("next", step.next)


def _change(now: Value, before: Value, best_first: tuple[str, ...]) -> str:
    if now not in best_first or before not in best_first:
        return "new"
    places = best_first.index(str(now)), best_first.index(str(before))
    return "same" if places[0] == places[1] else "better" if places[0] < places[1] else "harder"


def keep(at: Walk, step: Keep) -> Walk:
    """A line for the plan, under the switch only; what no longer fits is said, never lost in silence."""
    moment = at.moment
    if "remember" not in moment.person.consents:
        return at.leave("next", step.next)
    if len(moment.person.plan) >= planning.MOST:
        # The flow ends here: its next words would say that the line was kept.
        way_on = buttons.rows(buttons.commands(moment.texts, "plan", "menu"))
        return at.do(Say(moment.texts("plan.full"), way_on)).leave("full", None)
    day = known(at, step.day) if step.day else None
    text = at.written(step.text).strip()
    kept = planning.added(moment, step.keep, text, day if isinstance(day, date) else None)
    kept = replace(kept, run=at.place.run, visit=at.visit)
    person = planning.with_item(moment.person, kept)
    at = replace(at, moment=moment.with_person(person)).do(Count("kept", (("kind", step.keep),)))
    return at.leave("next", step.next)
