"""My plan: the lines someone chose to keep, drawn as one page to read, save, print and take apart again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from bot.conversation.moment import Moment
from bot.conversation.texts import Texts
from bot.model import Button, Person, PlanItem

MOST = 40
"""Lines of a plan: two printed pages."""
LABEL = 40
"""Characters of a button's label that a phone shows whole."""
KINDS = ("goal", "date", "contact", "question", "page")
"""In the order they stand on the page."""
WEB_PRINT = "/print"
WEB_PLAN = "/plan"


def added(moment: Moment, kind: str, text: str, day: date | None) -> PlanItem:
    """The next line of this person's plan."""
    number = max((item.number for item in moment.person.plan), default=0) + 1
    return PlanItem(number, kind, text, moment.today, day)


def with_item(person: Person, item: PlanItem) -> Person:
    """The plan with this line; the same words a second time replace the first, with the newer date."""
    others = tuple(one for one in person.plan if (one.kind, one.text) != (item.kind, item.text))
    return replace(person, plan=(*others, item))


def without(person: Person, number: int) -> Person:
    return replace(person, plan=tuple(item for item in person.plan if item.number != number))


def in_words(texts: Texts, plan: Iterable[PlanItem], language: str) -> str:
    """The whole plan: a heading for each kind of line, dates in their order."""
    items = tuple(plan)
    parts = [texts("plan.title")]
    for kind in KINDS:
        of_kind = sorted((one for one in items if one.kind == kind), key=lambda one: one.day or date.max)
        if of_kind:
            lines = (line(texts, one, language) for one in of_kind)
            parts.append("\n".join((texts(f"plan.{kind}"), *lines)))
    return "\n\n".join((*parts, texts("plan.foot")))


def line(texts: Texts, item: PlanItem, language: str) -> str:
    """One line, with its day; a page kept from a flow is a paragraph of its own."""
    kept_on = in_full(item.kept_on, language)
    if item.kind == "page":
        return texts("plan.kept-page", text=item.text, day=kept_on)
    if item.day:
        return texts("plan.line-on-a-day", text=item.text, day=in_full(item.day, language))
    return texts("plan.line", text=item.text)


def in_full(day: date, language: str) -> str:
    """ "Tuesday 3 March 2026"."""
    return format_date(day, "EEEE d MMMM y", locale="en_GB" if language == "en" else language)


def print_button(moment: Moment, path: str = WEB_PRINT) -> tuple[Button, ...]:
    """To the page made for printing: our own path on the web, a signed link from anywhere else."""
    person, links = moment.person, moment.world.local.links
    if person.channel == "web":
        return (Button(moment.texts("button.print"), url=path),)
    if links is None or not person.id:
        return ()
    return (Button(moment.texts("button.print"), url=links.to(path, person.id, moment.now)),)
