"""Rules for the glossary: each word stands once, is explained in two short sentences, and is proved."""

from collections.abc import Iterator

from bot.content.builder import Where
from bot.content.check_articles import DRAFT
from bot.content.check_texts import LABEL
from bot.content.content import Content
from bot.content.glossary import GlossaryFile, Term, folded
from bot.content.plain_words import avoided
from bot.content.problems import Problem
from bot.content.reading import grade, sentences
from bot.content.sources import Sources
from bot.content.targets import must_be_there

MOST_SENTENCES = 2
MOST_WORDS = 20
MOST_GRADE = 9.0
"""As for articles; the word itself is not counted, for it cannot be made easier."""

Spot = tuple[str, Where, Term]


def _terms(sources: Sources) -> Iterator[Spot]:
    for path, file in sources.files(GlossaryFile):
        for number, term in enumerate(file.words):
            yield path, ("words", number), term


def _names(term: Term) -> Iterator[tuple[Where, str]]:
    yield ("word",), term.word
    for number, name in enumerate(term.says):
        yield ("says", number), name


def no_word_is_explained_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """What two entries claim, neither can explain."""
    words = {folded(term.word): term for _, _, term in reversed(list(_terms(sources)))}
    said: dict[str, Term] = {}
    for path, where, term in _terms(sources):
        for place, name in _names(term):
            other = said.setdefault(folded(name), term) if place != ("word",) else words[folded(name)]
            if place != ("word",) and words.get(folded(name), term) is not term:
                other = words[folded(name)]
            if other is not term:
                yield sources.problem(path, (*where, *place), _twice(place, name, other))


def _twice(place: Where, name: str, other: Term) -> str:
    if place == ("word",):
        return f"'{name}' is explained by '{other.id}' already; put them together"
    if folded(name) == folded(other.word):
        return f"'{name}' is the word of '{other.id}'; take it out here"
    return f"'{name}' is said by '{other.id}' too; keep it where it is explained best"


def no_word_says_itself(content: Content, sources: Sources) -> Iterator[Problem]:
    """A spelling that is compared like the word itself, or like another one of its own, adds nothing."""
    for path, where, term in _terms(sources):
        seen: set[str] = set()
        for place, name in _names(term):
            if not folded(name):
                message = f"'{name}' has no letter in it; write a word"
                yield sources.problem(path, (*where, *place), message)
            elif folded(name) in seen:
                message = f"'{name}' is read like another spelling here; take it out"
                yield sources.problem(path, (*where, *place), message, "warning")
            seen.add(folded(name))


def articles_to_read_on_are_there(content: Content, sources: Sources) -> Iterator[Problem]:
    for path, where, term in _terms(sources):
        if term.article:
            yield from must_be_there(sources, (path, (*where, "article")), "article", term.article)


def words_fit_a_button(content: Content, sources: Sources) -> Iterator[Problem]:
    """The list of words shows each on a button."""
    for path, where, term in _terms(sources):
        if len(term.word) > LABEL:
            message = f"this word has {len(term.word)} characters; a button shows {LABEL}: make it shorter"
            yield sources.problem(path, (*where, "word"), message)


def meanings_are_short(content: Content, sources: Sources) -> Iterator[Problem]:
    """Two sentences of 20 words; what needs more is an article."""
    for path, where, term in _terms(sources):
        read = sentences(term.meaning)
        if len(read) > MOST_SENTENCES:
            message = f"a meaning has {MOST_SENTENCES} sentences at most, this has {len(read)}; "
            yield sources.problem(
                path, (*where, "meaning"), f"{message}leave the rest to an article and name it in 'article'"
            )
        for words in read:
            if len(words) > MOST_WORDS:
                begins = " ".join(words[:5])
                message = (
                    f"a sentence of {len(words)} words ('{begins} ...'); {MOST_WORDS} at most: make it two"
                )
                yield sources.problem(path, (*where, "meaning"), message)


def meanings_are_plain(content: Content, sources: Sources) -> Iterator[Problem]:
    """No word to avoid but the one that is explained, and a reading age of 9 to 11."""
    for path, where, term in _terms(sources):
        text = _without(term)
        for word, one in avoided(text):
            yield sources.problem(path, (*where, "meaning"), f"avoid '{word}'; {one.instead}", one.severity)
        if (reached := grade(text)) > MOST_GRADE:
            message = (
                f"reading grade {reached:.1f}, {MOST_GRADE:.0f} at most: use shorter words and sentences"
            )
            yield sources.problem(path, (*where, "meaning"), message, "warning")


def _without(term: Term) -> str:
    """The meaning with the word itself, however it is written, read as "it"."""
    text = term.meaning
    for _, name in sorted(_names(term), key=lambda one: -len(one[1])):
        for written in (name, name.capitalize()):
            text = text.replace(written, "it")
    return text


def words_are_proved(content: Content, sources: Sources) -> Iterator[Problem]:
    """What has not been read at a source is a draft; a source can be looked up."""
    for path, where, term in _terms(sources):
        if term.confidence == "G" and term.status == "live":
            yield sources.problem(path, (*where, "confidence"), DRAFT)
        if term.status == "live" and not any(source.year or source.url for source in term.sources):
            message = "no source here has a year or an address; add 'year: ...' to one"
            yield sources.problem(path, (*where, "sources"), message)


STANDING = (no_word_is_explained_twice, articles_to_read_on_are_there)
QUALITY = (
    no_word_says_itself,
    words_fit_a_button,
    meanings_are_short,
    meanings_are_plain,
    words_are_proved,
)
