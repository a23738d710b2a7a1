"""`prehab stats content`: what the content covers, by topic and nation, and the listings by area."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.table import Table

from bot.content import Content
from bot.content.shapes import Article

NATIONS = ("uk", "scotland", "england")
WIDTH = 12
FEW = 8
"""Phrasings; an article with fewer is hard to find (search.md)."""
FULL, HALF = "█", "▌"


def content_tables(content: Content) -> Iterator[Table]:
    yield topics(content)
    yield listings(content)
    yield glossary(content)


def topics(content: Content) -> Table:
    """Live articles of each topic by nation, their phrasings as a bar, and what is thin."""
    table = Table(title="Articles by topic and nation", title_justify="left")
    for name in ("topic", *NATIONS, "drafts", "phrasings", "thin"):
        table.add_column(name, justify="left" if name in ("topic", "thin") else "right")
    by_topic = {id: [content.articles[one] for one in topic.articles] for id, topic in content.topics.items()}
    most = max((len(_asked(articles)) for articles in by_topic.values()), default=1)
    for id, articles in sorted(by_topic.items()):
        table.add_row(id, *_nations(articles), _drafts(articles), *_phrasings(articles, most))
    everything = [article for articles in by_topic.values() for article in articles]
    table.add_section()
    table.add_row("all", *_nations(everything), _drafts(everything), str(len(_asked(everything))), "")
    return table


def _nations(articles: Iterable[Article]) -> list[str]:
    counted = Counter(str(article.nation) for article in articles if article.status == "live")
    return [str(counted[nation] or "–") for nation in NATIONS]


def _drafts(articles: Iterable[Article]) -> str:
    return str(sum(article.status == "draft" for article in articles) or "–")


def _phrasings(articles: list[Article], most: int) -> tuple[str, str]:
    asked = len(_asked(articles))
    thin = ", ".join(article.id for article in articles if len(article.asked) < FEW)
    return f"{bar(asked, most)} {asked}", thin


def _asked(articles: Iterable[Article]) -> list[str]:
    return [asked for article in articles for asked in article.asked]


def bar(value: int, most: int) -> str:
    """A bar of at most WIDTH blocks."""
    halves = round(2 * WIDTH * value / most) if most else 0
    return FULL * (halves // 2) + HALF * (halves % 2)


def listings(content: Content) -> Table:
    """Sessions of each area by kind and mode: an empty cell is a gap that people will meet."""
    areas = sorted({service.area or "–" for service in content.services.values()})
    table = Table(title="Sessions by kind and area", title_justify="left")
    for name in ("kind or mode", *areas):
        table.add_column(name, justify="left" if name == "kind or mode" else "right")
    counted = Counter(
        (word, (content.services[one.service].area or "–") if one.service in content.services else "–")
        for one in content.sessions.values()
        for word in (*one.kinds, one.mode)
    )
    for word in sorted({word for word, _ in counted}):
        table.add_row(word, *(str(counted[word, area] or "none") for area in areas))
    return table


def glossary(content: Content) -> Table:
    """The words that are explained, and the numbers and links, by nation."""
    table = Table(title="Words and contacts by nation", title_justify="left")
    for name in ("what", *NATIONS, "drafts"):
        table.add_column(name, justify="left" if name == "what" else "right")
    words = [(one.status, (one.nation,)) for one in content.glossary.values()]
    contacts = [(one.status, one.nations) for one in content.contacts.values()]
    for name, found in (("words", words), ("contacts", contacts)):
        live = Counter(str(nation) for status, nations in found if status == "live" for nation in nations)
        drafts = sum(status == "draft" for status, _ in found)
        table.add_row(name, *(str(live[nation] or "–") for nation in NATIONS), str(drafts or "–"))
    return table
