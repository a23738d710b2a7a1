"""What the content covers, drawn for authors."""

from io import StringIO

from rich.console import Console
from rich.table import Table

from bot.tools.stats_command import bar, content_tables, listings
from tests.worlds import real


def drawn(table: Table) -> str:
    console = Console(file=StringIO(), width=160)
    console.print(table)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_topic_stands_with_its_articles_by_nation() -> None:
    topics, *_ = content_tables(real().content)
    text = drawn(topics)
    assert all(topic in text for topic in real().content.topics)
    assert "scotland" in text and "phrasings" in text


def test_a_gap_in_the_listings_is_said_in_words() -> None:
    content = real().content
    text = drawn(listings(content))
    assert all(area in text for area in content.areas)
    assert "bereaved" in text


def test_the_words_and_contacts_are_counted_by_nation() -> None:
    *_, last = content_tables(real().content)
    assert "words" in drawn(last) and "contacts" in drawn(last)


def test_a_bar_grows_with_its_number() -> None:
    assert [bar(0, 10), bar(5, 10), bar(10, 10)] == ["", "██████", "████████████"]
    assert bar(3, 0) == ""
