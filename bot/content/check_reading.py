"""Rules for what patients read: short sentences, plain words, a reading age of 9 to 11."""

from collections.abc import Iterator

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.findings import TemplateFile
from bot.content.flags import CardFile
from bot.content.flows import Ask, End, Flow, PageStep, SayStep, Step
from bot.content.plain_words import avoided
from bot.content.problems import Problem
from bot.content.programmes import Programme
from bot.content.reading import grade, sentences
from bot.content.shapes import ArticleFile, TextFile
from bot.content.sources import Sources

GOOD_LENGTH = 20
MOST_LENGTH = 25
GOOD_GRADE = 7.0
MOST_GRADE = 9.0
ENOUGH_WORDS = 30
"""A grade of fewer words says little."""
UNREAD = ("says.", "web.look", "test.")
"""Sentences of the program that are for listening or for machines, not for reading."""

Spot = tuple[str, Where, str]


def _read_by_patients(sources: Sources) -> Iterator[Spot]:
    """Every English text that a person reads, with its place."""
    for path, topic in sources.files(ArticleFile):
        for number, article in enumerate(topic.articles):
            for name in ("question", "short", "more"):
                if text := getattr(article, name):
                    yield path, ("articles", number, name), text
    for path, cards in sources.files(CardFile):
        for number, card in enumerate(cards.cards):
            yield path, ("cards", number, "text"), card.text["en"]
            for place, line in enumerate(card.lines):
                yield path, ("cards", number, "lines", place, "text"), line.text["en"]
    yield from _in_flows(sources)
    yield from _in_programmes(sources)
    yield from _in_templates(sources)
    yield from _in_texts(sources)


def _in_flows(sources: Sources) -> Iterator[Spot]:
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            for where, text in _of_step(step):
                yield path, ("steps", name, *where), text


def _in_programmes(sources: Sources) -> Iterator[Spot]:
    for path, programme in sources.files(Programme):
        yield path, ("about",), programme.about["en"]
        for number, message in enumerate(programme.messages):
            yield path, ("messages", number, "text"), message.text["en"]


def _in_templates(sources: Sources) -> Iterator[Spot]:
    for path, file in sources.files(TemplateFile):
        for number, one in enumerate(file.templates):
            yield path, ("templates", number, "text"), one.text


def _of_step(step: Step) -> Iterator[tuple[Where, str]]:
    match step:
        case Ask():
            yield ("text",), step.text["en"]
            if step.why:
                yield ("why",), step.why["en"]
        case SayStep():
            yield ("say",), step.say["en"]
        case End():
            yield ("end",), step.end["en"]
        case PageStep():
            yield from _on_a_page(step)


def _on_a_page(step: PageStep) -> Iterator[tuple[Where, str]]:
    for name in ("page", "intro", "nothing", "outro"):
        if text := getattr(step, name):
            yield (name,), text["en"]
    for number, line in enumerate(step.lines):
        yield ("lines", number, "line"), line.line["en"]


def _in_texts(sources: Sources) -> Iterator[Spot]:
    for path, file in sources.files(TextFile):
        if "/en/" not in path:
            continue
        for key, said in file.root.items():
            if not key.startswith(UNREAD):
                for number, text in enumerate((said,) if isinstance(said, str) else said):
                    yield path, (key, number), text


def sentences_are_short(content: Content, sources: Sources) -> Iterator[Problem]:
    """Up to 20 words; more than 25 nobody who is tired will follow."""
    for path, where, text in _read_by_patients(sources):
        for words in sentences(text):
            if len(words) > GOOD_LENGTH:
                severe = len(words) > MOST_LENGTH
                begins = " ".join(words[:5])
                message = (
                    f"a sentence of {len(words)} words ('{begins} ...'); {GOOD_LENGTH} at most: make it two"
                )
                yield sources.problem(path, where, message, "error" if severe else "warning")


def words_are_plain(content: Content, sources: Sources) -> Iterator[Problem]:
    """No fight, no false comfort, no hard word where a plain one says the same."""
    for path, where, text in _read_by_patients(sources):
        for word, one in avoided(text):
            yield sources.problem(path, where, f"avoid '{word}'; {one.instead}", one.severity)


def articles_are_easy(content: Content, sources: Sources) -> Iterator[Problem]:
    """The whole answer, short and more, by Flesch and Kincaid."""
    for path, file in sources.files(ArticleFile):
        for number, article in enumerate(file.articles):
            text = f"{article.short}\n\n{article.more or ''}"
            reached = grade(text)
            if reached > GOOD_GRADE and sum(map(len, sentences(text))) >= ENOUGH_WORDS:
                message = (
                    f"reading grade {reached:.1f}, {GOOD_GRADE:.0f} at most: use shorter words and sentences"
                )
                where = ("articles", number, "short")
                yield sources.problem(path, where, message, "error" if reached > MOST_GRADE else "warning")


RULES = (sentences_are_short, words_are_plain, articles_are_easy)
