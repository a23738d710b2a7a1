"""Rules for the authors' tests of articles: each names an article, and proves something."""

from collections.abc import Callable, Iterator

from bot.content.content import Content
from bot.content.findings import FindingFile
from bot.content.problems import Problem
from bot.content.shapes import ArticleFile
from bot.content.sources import Sources
from bot.content.targets import must_be_there


def tests_name_articles(content: Content, sources: Sources) -> Iterator[Problem]:
    """What is to be found is there."""
    for path, file in sources.files(FindingFile):
        for number, one in enumerate(file.tests):
            yield from must_be_there(sources, (path, ("tests", number, "finds")), "article", one.finds)


def tests_prove_something(content: Content, sources: Sources) -> Iterator[Problem]:
    """What stands among an article's own ways of asking is always found; a test asks otherwise."""
    own = {
        (_plain(asked), article.id)
        for _, file in sources.files(ArticleFile)
        for article in file.articles
        for asked in (article.question, *article.asked)
    }
    for path, file in sources.files(FindingFile):
        for number, one in enumerate(file.tests):
            if (_plain(one.ask), one.finds) in own:
                message = f"'{one.ask}' is one of the article's own ways of asking; test with other words"
                yield sources.problem(path, ("tests", number, "ask"), message, "warning")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def unfound(sources: Sources, first: Callable[[str], str]) -> Iterator[Problem]:
    """Every test whose article does not come first; `first` is the article that the search finds, or ""."""
    for path, file in sources.files(FindingFile):
        for number, one in enumerate(file.tests):
            if (found := first(one.ask)) != one.finds:
                instead = f"'{found}'" if found else "nothing"
                message = (
                    f"'{one.ask}' must find '{one.finds}', and finds {instead}; add ways of asking there"
                )
                yield sources.problem(path, ("tests", number, "ask"), message)


STANDING = (tests_name_articles,)
QUALITY = (tests_prove_something,)
