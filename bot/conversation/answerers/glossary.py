"""What a word means: asked in a sentence, typed by itself, or picked from the list of words."""

from dataclasses import replace

from bot.content.glossary import Term
from bot.content.shapes import Article
from bot.conversation import answers, buttons, codes
from bot.conversation.answerers import leading
from bot.conversation.meanings import Asked, Meant, asked, find, named_in
from bot.conversation.moment import Moment
from bot.model import Button, Count, Say, Turn
from bot.search.found import Found

ACROSS = 5
"""Letters in a row of the list."""
OFFERED = 3
"""Offers of the search that are looked at."""
SHORT = 3
"""A bare word of so few letters that is English too ("sob", "pet") is meant only in capitals."""


def word(moment: Moment) -> Turn | None:
    """A question for a meaning, or a bare word, that no article answers better."""
    return _answered(moment, bare=True)


def question(moment: Moment) -> Turn | None:
    """The same for what is surely a question; a bare word may be a late reply to one of ours."""
    return _answered(moment, bare=False)


def _answered(moment: Moment, bare: bool) -> Turn | None:
    wanted = _wanted(moment, bare)
    if wanted is None:
        return None
    found = moment.world.find(moment.person, moment.said)
    meant, ask = wanted
    if _article_knows(moment, meant.term, ask, found):
        return None
    nearest = tuple(hit.id for hit in found.hits[:OFFERED])
    say = _entry(moment, meant, wrong=bool(nearest) and found.confidence != "unknown")
    counted = _counted(moment, meant.term)
    return Turn(replace(moment.person, nearest=nearest), (say, counted))


def in_between(moment: Moment, found: Found) -> Say | None:
    """The meaning that is asked for in the middle of a flow, if it is a word's and no article's."""
    wanted = _wanted(moment, bare=False)
    if wanted is None or _article_knows(moment, wanted[0].term, wanted[1], found):
        return None
    return replace(_entry(moment, wanted[0], wrong=False), rows=())


def _wanted(moment: Moment, bare: bool) -> tuple[Meant, Asked] | None:
    ask = asked(moment.texts, moment.said) if moment.typed else None
    if ask is None or not (ask.framed or (bare and _stands_alone(moment, ask.words[0]))):
        return None
    meant = find(moment.world.content.glossary.values(), ask, moment.world.index.speller.english)
    return (meant, ask) if meant else None


def _stands_alone(moment: Moment, bare: str) -> bool:
    english = len(bare) <= SHORT and bare in moment.world.index.speller.english
    return not english or moment.said.strip().isupper()


def _article_knows(moment: Moment, term: Term, ask: Asked, found: Found) -> bool:
    """Whether an article answers better: people ask it what this word means, and the search is sure of it.

    For a bare word, or someone's own stage or letter, it is enough that the sure article is about the word;
    where the search only has offers, one of them must explain it.
    """
    articles = [moment.world.content.articles[hit.id] for hit in found.hits[:OFFERED]]
    if found.confidence == "sure" and articles:
        loosely = ask.own or not ask.framed
        return _is_about(articles[0], term) if loosely else _explains(moment, articles[0], term)
    return not ask.framed and any(_explains(moment, article, term) for article in articles)


def _is_about(article: Article, term: Term) -> bool:
    """The word stands in one of the ways to ask for the article: a slip of the search is no answer."""
    return any(named_in(term, way) for way in (article.question, *article.asked, *article.keywords))


def _explains(moment: Moment, article: Article, term: Term) -> bool:
    """One of the ways in which people ask for this article asks what the word means."""
    for way in (article.question, *article.asked):
        ask = asked(moment.texts, way) if named_in(term, way) else None
        if ask and ask.framed and not ask.own and find((term,), ask):
            return True
    return False


def _entry(moment: Moment, meant: Meant, wrong: bool) -> Say:
    """The meaning, where it comes from, and the ways on. `wrong`: "not what I meant" leads to the search."""
    term, texts = meant.term, moment.texts
    lines = [] if meant.sure else [moment.say("glossary.meant", word=term.word)]
    lines.append(texts.written({"en": term.meaning}))
    if term.nation != "uk":
        lines.append(moment.say(f"glossary.nation.{term.nation}"))
    lines.append(f"{answers.origin(moment, term)}\n{texts('answer.footer')}")
    further = buttons.commands(texts, *(("not-this",) if wrong else ()), "glossary", "menu")
    return Say("\n\n".join(lines), buttons.rows((*_to_read_on(moment, term), *further)), "answer")


def _to_read_on(moment: Moment, term: Term) -> tuple[Button, ...]:
    article = moment.world.content.articles.get(term.article or "")
    return (Button(article.question, codes.write("article", article.id)),) if article else ()


def _counted(moment: Moment, term: Term) -> Count:
    return Count("word", (("word", term.id), ("channel", moment.person.channel)))


def letters(moment: Moment) -> Turn:
    """The first letters of all words."""
    known = sorted({initial(term) for term in moment.world.content.glossary.values()})
    picks = buttons.batched([Button(one, codes.write("letter", one)) for one in known], ACROSS)
    menu = buttons.commands(moment.texts, "menu")
    return leading.aside(moment, Say(moment.say("glossary.choose"), (*picks, menu), "question"))


def follow(moment: Moment, code: codes.Code) -> Turn | None:
    """A letter or a word that was picked."""
    return _letter(moment, code.name) if code.target == "letter" else _picked(moment, code.name)


def _letter(moment: Moment, letter: str) -> Turn | None:
    terms = [term for term in moment.world.content.glossary.values() if initial(term) == letter]
    if not terms:
        return None
    terms.sort(key=lambda term: term.word.casefold())
    picks = tuple(Button(term.word, codes.write("word", term.id)) for term in terms)
    further = buttons.commands(moment.texts, "glossary", "menu")
    rows = (*buttons.rows(picks), *buttons.rows(further))
    return leading.aside(moment, Say(moment.say("glossary.letter", letter=letter), rows, "question"))


def _picked(moment: Moment, id: str) -> Turn | None:
    term = moment.world.content.glossary.get(id)
    if term is None:
        return None
    say = _entry(moment, Meant(term, sure=True), wrong=False)
    return leading.aside(moment, say, _counted(moment, term))


def initial(term: Term) -> str:
    """The letter under which a word stands in the list; ASCII, for it goes into a button's code."""
    first = next((letter for letter in term.word.upper() if letter.isascii() and letter.isalnum()), "")
    return first or "0"
