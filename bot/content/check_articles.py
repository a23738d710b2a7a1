"""Rules for articles: each is found by its own words, and says where it comes from."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.problems import Problem
from bot.content.shapes import Article, ArticleFile, ContactFile
from bot.content.sources import Sources

NEAR = 90
"""From this likeness (0 to 100) on, two questions ask nearly the same."""

Spot = tuple[str, Where, Article]


def _articles(sources: Sources) -> Iterator[Spot]:
    for path, file in sources.files(ArticleFile):
        for number, article in enumerate(file.articles):
            yield path, ("articles", number), article


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def _apart(one: Article, other: Article) -> bool:
    """Articles of two nations may answer the same question."""
    return one.nation != other.nation and "uk" not in (one.nation, other.nation)


def no_phrasing_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """What two articles claim, neither can be sure of."""
    first: dict[str, Article] = {}
    for path, where, article in _articles(sources):
        for number, asked in enumerate(article.asked):
            other = first.setdefault(_plain(asked), article)
            spot = (*where, "asked", number)
            if other.id != article.id and not _apart(other, article):
                message = f"'{asked}' is asked of '{other.id}' too; keep it where it is answered best"
                yield sources.problem(path, spot, message)
        yield from _own_doubles(sources, (path, where), article)


def _own_doubles(sources: Sources, at: tuple[str, Where], article: Article) -> Iterator[Problem]:
    path, where = at
    seen: set[str] = set()
    for number, asked in enumerate(article.asked):
        if _plain(asked) in seen:
            message = f"'{asked}' is written twice; write another way of asking"
            yield sources.problem(path, (*where, "asked", number), message, "warning")
        seen.add(_plain(asked))


def questions_differ(content: Content, sources: Sources) -> Iterator[Problem]:
    """Two articles that ask nearly the same are one article, or need clearer questions."""
    spots = list(_articles(sources))
    questions = [_plain(article.question) for _, _, article in spots]
    for number, (path, where, article) in enumerate(spots):
        before = questions[:number]
        found = process.extractOne(questions[number], before, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        if found and not _apart(article, spots[found[2]][2]):
            other = spots[found[2]][2]
            message = f"this asks nearly the same as '{other.id}'; make them one, or ask more clearly"
            yield sources.problem(path, (*where, "question"), message, "warning")


def general_knowledge_is_a_draft(content: Content, sources: Sources) -> Iterator[Problem]:
    """What has not been read at a source (G) is not shown to patients."""
    for path, where, article in _articles(sources):
        if article.confidence == "G" and article.status == "live":
            yield sources.problem(path, (*where, "confidence"), DRAFT)
    for path, file in sources.files(ContactFile):
        for number, contact in enumerate(file.contacts):
            if contact.confidence == "G" and contact.status == "live":
                yield sources.problem(path, ("contacts", number, "confidence"), DRAFT)


DRAFT = "general knowledge (G) is not live; write 'status: draft', or prove it at a source"


def sources_have_their_year(content: Content, sources: Sources) -> Iterator[Problem]:
    """A reader can only look up what is dated: at least one source of each article is."""
    for path, where, article in _articles(sources):
        dated = any(source.year or source.url for source in article.sources)
        if not dated and article.confidence in ("V", "V2"):
            message = "no source here has a year or an address; add 'year: ...' to one"
            yield sources.problem(path, (*where, "sources"), message, "warning")


def contacts_can_be_reached(content: Content, sources: Sources) -> Iterator[Problem]:
    """A contact has a phone number, a number to text, or a web address."""
    for path, file in sources.files(ContactFile):
        for number, contact in enumerate(file.contacts):
            if not (contact.phone or contact.text or contact.web):
                message = f"'{contact.id}' cannot be reached; add 'phone', 'text' or 'web'"
                yield sources.problem(path, ("contacts", number), message)


RULES = (
    no_phrasing_is_there_twice,
    questions_differ,
    general_knowledge_is_a_draft,
    sources_have_their_year,
    contacts_can_be_reached,
)
