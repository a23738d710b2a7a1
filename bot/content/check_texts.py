"""Rules for every text: its {gaps} are known, it fits into a message, each language is whole."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.content.assemble import language_of
from bot.content.builder import Where
from bot.content.content import Content
from bot.content.findings import TemplateFile
from bot.content.flags import Card, CardFile, FlagFile
from bot.content.flowgraph import family, names_set
from bot.content.flows import Flow, Option
from bot.content.glossary import GlossaryFile
from bot.content.problems import Problem
from bot.content.shapes import ArticleFile, ContactFile, LanguageFile, Next, TextFile
from bot.content.sources import Sources
from bot.content.walk import walk
from bot.content.wording import did_you_mean, nearest

GAP = re.compile(r"\{([a-z0-9][a-z0-9_.-]*)\}")
BRACE = re.compile(r"\{[^{}]*\}?|\}")
OWN_GAPS = frozenset({"cancer-line", "staff-hours", "team-now"})
"""Filled for each deployment, whatever contacts there are."""
UNITS = 4096
"""UTF-16 units that Telegram takes in one message."""
SLIP = 80
"""From this likeness (0 to 100) on, a sentence's gap is a contact's id with a slip of the pen."""
LABEL = 40
"""Characters of a button's label that a phone shows whole."""
FOR_STAFF = ("staff.", "broadcast.", "console.", "professionals.")
"""Sentences that only staff read: no language waits for them."""

Text = tuple[str, Where, str]
"""File, place and words."""


def gaps_are_known(content: Content, sources: Sources) -> Iterator[Problem]:
    """Every {gap} is a contact, or an answer of its flow."""
    if sources.may_lack("contact"):
        return
    contacts = sources.ids("contact")
    contacts |= {f"{name}-name" for name in contacts} | OWN_GAPS
    for path, where, text in _with_gaps(sources):
        known = contacts | _answers(content, sources, path)
        for name in GAP.findall(text):
            if name not in known and not _filled_by_the_program(sources, path, name, contacts):
                message = f"nobody knows what to put into {{{name}}}; {_guess(name, known)}"
                yield sources.problem(path, where, message)


def _guess(name: str, known: frozenset[str]) -> str:
    meant = nearest(name, tuple(sorted(known)))
    return f"did you mean {{{meant}}}?" if meant else "write the id of a contact"


def _with_gaps(sources: Sources) -> Iterator[Text]:
    for shape in (ArticleFile, CardFile, Flow, GlossaryFile, TemplateFile, TextFile):
        for path, file in sources.files(shape):
            for where, text in walk(file):
                if isinstance(text, str) and ("{" in text or "}" in text):
                    yield path, where, text


def _answers(content: Content, sources: Sources, path: str) -> frozenset[str]:
    flow = sources.sheets[path].shape
    if not isinstance(flow, Flow):
        return frozenset()
    others = [content.flows[name] for name in family(flow.flow, content.flows) if name in content.flows]
    return frozenset(names_set([flow, *others]))


def _filled_by_the_program(sources: Sources, path: str, name: str, contacts: frozenset[str]) -> bool:
    """A sentence of the program may have gaps of its own; they are words of code, so they have no hyphen."""
    if not isinstance(sources.sheets[path].shape, TextFile):
        return False
    return (
        "-" not in name and process.extractOne(name, contacts, scorer=fuzz.ratio, score_cutoff=SLIP) is None
    )


def braces_are_gaps(content: Content, sources: Sources) -> Iterator[Problem]:
    """A { that is no gap would be shown to people as it stands."""
    for path, where, text in _with_gaps(sources):
        if left := BRACE.search(GAP.sub("", text)):
            message = f"'{left[0]}' is not a gap; write {{contact-id}} in small letters, without blanks"
            yield sources.problem(path, where, message)


def live_texts_use_live_contacts(content: Content, sources: Sources) -> Iterator[Problem]:
    """A contact that is a draft has not been proved; only drafts may name it."""
    drafts = {
        one.id for _, file in sources.files(ContactFile) for one in file.contacts if one.status == "draft"
    }
    for path, where, text in _with_gaps(sources):
        used = drafts.intersection(name.removesuffix("-name") for name in GAP.findall(text)) - OWN_GAPS
        if used and not _is_draft(sources, path, where):
            name = min(used)
            yield sources.problem(
                path, where, f"the contact '{name}' is a draft; make this a draft too, or prove it"
            )


def _is_draft(sources: Sources, path: str, where: Where) -> bool:
    file = sources.sheets[path].shape
    if isinstance(file, ArticleFile) and len(where) > 1:
        return file.articles[int(where[1])].status == "draft" if where[0] == "articles" else False
    return isinstance(file, Flow) and file.status == "draft"


def texts_fit_a_message(content: Content, sources: Sources) -> Iterator[Problem]:
    """A text longer than one message would be cut in two."""
    for path, sheet in sources.sheets.items():
        for where, text in () if isinstance(sheet.shape, FlagFile) else walk(sheet.shape):
            if isinstance(text, str) and (units := len(text.encode("utf-16-le")) // 2) > UNITS:
                message = f"this text has {units:,} characters; one message takes {UNITS:,}: make it shorter"
                yield sources.problem(path, where, message)


def labels_fit_a_button(content: Content, sources: Sources) -> Iterator[Problem]:
    """A longer label is cut off on a phone."""
    for path, sheet in sources.sheets.items():
        for where, one in walk(sheet.shape):
            label = one.label if isinstance(one, Option | Next) else None
            for language, words in (label or {}).items():
                if len(words) > LABEL:
                    message = (
                        f"this label has {len(words)} characters; a button shows {LABEL}: make it shorter"
                    )
                    yield sources.problem(path, (*where, "label", language), message)


def languages_are_whole(content: Content, sources: Sources) -> Iterator[Problem]:
    """A language is switched on once its safety texts are translated, and checked by a clinician."""
    for path, file in sources.files(LanguageFile):
        for number, language in enumerate(file.languages):
            if language.enabled and language.id != "en":
                lacks = _lacks(content, language.id, language.model_dump())
                if lacks:
                    message = f"'{language.id}' cannot be switched on yet; missing: {', '.join(lacks)}"
                    yield sources.problem(path, ("languages", number, "enabled"), message)
        if not any(one.id == "en" and one.enabled for one in file.languages):
            yield sources.problem(path, ("languages",), "English (en) must be there with 'enabled: true'")


def _lacks(content: Content, language: str, about: dict[str, object]) -> list[str]:
    """What is not there yet of a language's safety pack."""
    lacks = [name for name in ("translated_by", "clinically_checked_by", "checked") if not about[name]]
    if not any(flag.language == language for flag in content.flags.flags):
        lacks.append("its red flags")
    lacks += [f"the card '{card.id}'" for card in content.cards.values() if not _translated(card, language)]
    wanted = {key for key in content.texts.get("en", {}) if not key.startswith(FOR_STAFF)}
    unsaid = wanted - content.texts.get(language, {}).keys()
    return [*lacks, f"{len(unsaid)} sentences of texts/{language}"] if unsaid else lacks


def _translated(card: Card, language: str) -> bool:
    texts = [card.text, *(line.text for line in card.lines), *(button.label for button in card.buttons)]
    return all(language in text for text in texts)


def translations_follow_the_english(content: Content, sources: Sources) -> Iterator[Problem]:
    """A translated sentence has an English one, with the same gaps."""
    english = content.texts.get("en", {})
    for path, file in sources.files(TextFile):
        if not english or language_of(path) == "en":
            continue
        if language_of(path) not in sources.ids("language"):
            yield sources.problem(path, (), f"no language is called '{language_of(path)}' in languages.yaml")
        for key, said in file.root.items():
            if key not in english:
                message = f"no English sentence is called '{key}'; {did_you_mean(key, tuple(english))}"
                yield Problem(path, *sources.sheets[path].source.key((key,)), message[:200])
            elif (wanted := _gaps(english[key])) != (here := _gaps(said)):
                yield sources.problem(path, (key,), f"the English has the gaps {wanted}, this has {here}")


def _gaps(said: str | tuple[str, ...]) -> str:
    names = set(GAP.findall(said if isinstance(said, str) else " ".join(said)))
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "none"


RULES = (
    gaps_are_known,
    braces_are_gaps,
    live_texts_use_live_contacts,
    texts_fit_a_message,
    labels_fit_a_button,
    languages_are_whole,
    translations_follow_the_english,
)
