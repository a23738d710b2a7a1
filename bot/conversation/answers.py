"""Articles as messages: the answer, where it comes from, and the buttons to what comes next."""

from babel.dates import format_date

from bot.content.glossary import Term
from bot.content.shapes import Article
from bot.conversation import buttons, codes
from bot.conversation.moment import Moment
from bot.model import Button, Say
from bot.search.found import Hit


def article(
    moment: Moment, id: str, in_flow: bool = False, more: bool = False, guess: bool = False
) -> Say | None:
    """The answer of an article. `guess`: the search chose it, so "not what I meant" is one tap away."""
    found = moment.world.content.articles.get(id)
    if found is None:
        return None
    body = found.more if more and found.more else found.short
    texts = moment.texts
    text = "\n\n".join((texts.written({"en": body}), f"{origin(moment, found)}\n{texts('answer.footer')}"))
    return Say(text, buttons.rows(_buttons(moment, found, in_flow, more, guess)), "answer")


def _buttons(moment: Moment, found: Article, in_flow: bool, more: bool, guess: bool) -> tuple[Button, ...]:
    longer = (
        (Button(moment.texts("button.more"), codes.write("more", found.id)),)
        if found.more and not more
        else ()
    )
    if in_flow:
        return ()
    following = buttons.towards(moment.world, moment.texts, found.next)
    wrong = buttons.commands(moment.texts, "not-this") if guess else ()
    return (*longer, *following, *wrong)


def origin(moment: Moment, found: Article | Term) -> str:
    """Source, year and date of the last check; drafts and overdue answers say so."""
    sources = "; ".join(f"{one.name}, {one.year}" if one.year else one.name for one in found.sources[:2])
    checked = format_date(found.checked, "d MMMM y", locale="en_GB")
    line = moment.texts("answer.source", source=sources, checked=checked)
    if found.status == "draft":
        line += "\n" + moment.texts("answer.draft")
    if found.review < moment.today:
        line += "\n" + moment.texts("answer.overdue")
    return line


def choices(moment: Moment, hits: tuple[Hit, ...], key: str = "search.unsure") -> Say:
    """The nearest questions as buttons, and "none of these"."""
    known = moment.world.content.articles
    found = tuple(
        Button(known[hit.id].question, codes.write("article", hit.id)) for hit in hits if hit.id in known
    )
    return Say(
        moment.say(key),
        (*((one,) for one in found), buttons.commands(moment.texts, "none-of-these")),
        "question",
    )
