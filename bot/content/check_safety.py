"""Rules for what keeps people safe: it is there, and each red flag has its card."""

from collections.abc import Iterator

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.flags import Flag, FlagFile, Together
from bot.content.kinds import KINDS
from bot.content.problems import Problem
from bot.content.shapes import TextFile
from bot.content.sources import Sources
from bot.content.targets import must_be_there

NEEDED = ("article", "contact", "card", "language")


def nothing_needed_is_missing(content: Content, sources: Sources) -> Iterator[Problem]:
    """Without these nobody is kept safe or answered; the program does not start without them."""
    for kind in KINDS:
        if kind.noun in NEEDED and not sources.ids(kind.noun) and not sources.may_lack(kind.noun):
            yield Problem(
                f"{kind.folder}/{kind.pattern}", 1, 1, f"no {kind.noun} is written; at least one is needed"
            )
    if not content.flags.flags and not _broken(sources, FlagFile):
        yield Problem(
            "knowledge/red_flags/*.yaml", 1, 1, "no red flags are written; nobody would be kept safe"
        )
    if not content.texts.get("en") and not _broken(sources, TextFile):
        yield Problem(
            "knowledge/texts/en/*.yaml", 1, 1, "no English sentences are written; the program has no words"
        )


def flags_have_their_card(content: Content, sources: Sources) -> Iterator[Problem]:
    """A flag's card is there, and is of the flag's level."""
    for path, file in sources.files(FlagFile):
        for listed in ("flags", "together"):
            for number, flag in enumerate(getattr(file, listed)):
                if flag.card:
                    at = (path, (listed, number, "card"))
                    yield from must_be_there(sources, at, "card", flag.card)
                    yield from _same_level(content, sources, at, flag)


def _same_level(
    content: Content, sources: Sources, at: tuple[str, Where], flag: Flag | Together
) -> Iterator[Problem]:
    card = content.cards.get(flag.card or "")
    if card and card.level != flag.level:
        message = f"the card '{card.id}' is of level {card.level}, this flag of level {flag.level}"
        yield sources.problem(*at, message)


def flags_that_count_together_are_there(content: Content, sources: Sources) -> Iterator[Problem]:
    """What `all` and `any` name is a flag."""
    known = {flag.id for flag in content.flags.flags} | {rule.id for rule in content.flags.together}
    for path, file in sources.files(FlagFile):
        for where, name in _named(file):
            if name not in known and not _broken(sources, FlagFile):
                yield sources.problem(path, where, f"no flag is called '{name}'; write it, or take it out")


def _named(file: FlagFile) -> Iterator[tuple[Where, str]]:
    for number, rule in enumerate(file.together):
        for side in ("all", "any"):
            for place, name in enumerate(getattr(rule, side)):
                yield ("together", number, side, place), name


def no_list_of_words_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """All files are one: of two lists with one name, or two meanings of a word, one would be lost."""
    first: dict[tuple[str, str], str] = {}
    for path, file in sources.files(FlagFile):
        for table in ("lists", "same", "slips"):
            for name in getattr(file, table):
                before = first.setdefault((table, name), path)
                if before != path:
                    message = f"'{name}' stands in {before} too; put them together, or give it another name"
                    yield sources.problem(path, (table, name), message)


def the_compassion_pause_names_phrases(content: Content, sources: Sources) -> Iterator[Problem]:
    """What it leaves out is a phrase of its flags, word for word: a change there must not undo it unseen."""
    flags = content.flags.flags
    for path, file in sources.files(FlagFile):
        rule = file.compassion
        phrases = {phrase for flag in flags if flag.id in rule.flags for phrase in flag.phrases}
        for place, id in enumerate(rule.flags):
            if id not in {flag.id for flag in flags} and not _broken(sources, FlagFile):
                where = ("compassion", "flags", place)
                yield sources.problem(path, where, f"no flag is called '{id}'; write it, or take it out")
        for name in ("lasting", "feared"):
            for place, phrase in enumerate(getattr(rule, name)):
                if phrase not in phrases and not _broken(sources, FlagFile):
                    message = "this is no phrase of these flags any more; copy the phrase as it is there"
                    yield sources.problem(path, ("compassion", name, place), message)


def _broken(sources: Sources, shape: type) -> bool:
    return any(sheet.shape is None and sheet.kind.shape is shape for sheet in sources.sheets.values())


RULES = (
    nothing_needed_is_missing,
    flags_have_their_card,
    flags_that_count_together_are_there,
    no_list_of_words_is_there_twice,
    the_compassion_pause_names_phrases,
)
