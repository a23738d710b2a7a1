"""Rules for what points to something else: it must be there, and there only once."""

from collections.abc import Iterator
from typing import get_args

from bot.content.assemble import language_of
from bot.content.builder import Where
from bot.content.content import Content
from bot.content.flows import ArticleStep, Flow, PageStep, SubFlow, TranscriptFile
from bot.content.kinds import KINDS
from bot.content.listings import Kind, PlaceFile, ServiceFile, SessionFile
from bot.content.problems import Problem
from bot.content.shapes import AreaFile, ArticleFile, Next, TextFile
from bot.content.sources import Sources
from bot.content.targets import must_be_there
from bot.content.walk import walk
from bot.content.wording import did_you_mean

MOST_BYTES = 64
"""Of a button's code; Telegram takes no more."""


def no_id_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """Two of the same kind with one id: nobody could say which is meant."""
    for noun in dict.fromkeys(kind.noun for kind in KINDS if kind.noun):
        first: dict[str, str] = {}
        for path, where, name in sources.items(noun):
            if name in first:
                message = f"another {noun} is called '{name}' (in {first[name]}); give this one another id"
                yield sources.problem(path, where, message)
            first.setdefault(name, path)


def no_sentence_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """A key of the texts stands in one file of its language only."""
    first: dict[tuple[str, str], str] = {}
    for path, file in sources.files(TextFile):
        for key in file.root:
            before = first.setdefault((language_of(path), key), path)
            if before != path:
                yield sources.problem(path, (key,), f"'{key}' stands in {before} too; keep one of them")


def no_topic_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """One topic is one file."""
    first: dict[str, str] = {}
    for path, file in sources.files(ArticleFile):
        before = first.setdefault(file.topic, path)
        if before != path:
            yield sources.problem(
                path, ("topic",), f"the topic '{file.topic}' is in {before} already; put them together"
            )


def buttons_lead_somewhere(content: Content, sources: Sources) -> Iterator[Problem]:
    """Each button has one target, and the target is there."""
    for path, sheet in sources.sheets.items():
        for where, button in walk(sheet.shape):
            if isinstance(button, Next):
                yield from _button(content, sources, (path, where), button)


def _button(content: Content, sources: Sources, at: tuple[str, Where], button: Next) -> Iterator[Problem]:
    path, where = at
    targets = [
        name for name in ("article", "flow", "sessions", "command") if getattr(button, name) is not None
    ]
    if len(targets) != 1:
        there = " and ".join(targets) or "nothing"
        message = f"a button has exactly one of article, flow, sessions, command; here is {there}"
        yield sources.problem(path, where, message)
    for noun, name in (("article", button.article), ("flow", button.flow)):
        if name is not None:
            yield from must_be_there(sources, (path, (*where, noun)), noun, name)
    flow = content.flows.get(button.flow or "")
    if flow and flow.internal:
        message = f"'{flow.flow}' is internal: only other flows start it; lead to another flow"
        yield sources.problem(path, (*where, "flow"), message)
    if button.sessions:
        yield from _search(
            sources, (path, (*where, "sessions")), button.sessions.model_dump(exclude_none=True)
        )


def _search(sources: Sources, at: tuple[str, Where], wishes: dict[str, str]) -> Iterator[Problem]:
    path, where = at
    code = "s:" + ";".join(f"{name}={value}" for name, value in sorted(wishes.items()))
    if len(code.encode()) > MOST_BYTES:
        message = (
            f"this search makes a button's code of {len(code)} bytes, {MOST_BYTES} at most; wish for less"
        )
        yield sources.problem(path, where, message)
    kinds = get_args(Kind)
    if wishes.get("kind", kinds[0]) not in kinds:
        message = f"no session is of the kind '{wishes['kind']}'; {did_you_mean(wishes['kind'], kinds)}"
        yield sources.problem(path, (*where, "kind"), message)


def steps_call_what_is_there(content: Content, sources: Sources) -> Iterator[Problem]:
    """The flows and articles that a flow's steps name; a live flow leans on nothing that is a draft."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            if isinstance(step, ArticleStep):
                yield from _called(content, sources, (path, ("steps", name, "article")), (flow, step.article))
            if isinstance(step, SubFlow):
                yield from _called(content, sources, (path, ("steps", name, "flow")), (flow, step.flow))
            for number, line in enumerate(step.lines if isinstance(step, PageStep) else ()):
                if line.article:
                    where = ("steps", name, "lines", number, "article")
                    yield from _called(content, sources, (path, where), (flow, line.article))


def _called(
    content: Content, sources: Sources, at: tuple[str, Where], call: tuple[Flow, str]
) -> Iterator[Problem]:
    flow, name = call
    noun = str(at[1][-1])
    yield from must_be_there(sources, at, noun, name)
    if flow.status == "live" and name in _drafts(sources, noun):
        yield sources.problem(
            *at, f"the {noun} '{name}' is a draft, and this flow is live; make both the same"
        )


def _drafts(sources: Sources, noun: str) -> set[str]:
    if noun == "flow":
        return {flow.flow for _, flow in sources.files(Flow) if flow.status == "draft"}
    return {
        one.id for _, file in sources.files(ArticleFile) for one in file.articles if one.status == "draft"
    }


def transcripts_have_a_flow(content: Content, sources: Sources) -> Iterator[Problem]:
    """flows/<flow>.test.yaml names a flow that is there."""
    for path, file in sources.files(TranscriptFile):
        yield from must_be_there(sources, (path, ("flow",)), "flow", file.flow)


def sessions_have_a_service(content: Content, sources: Sources) -> Iterator[Problem]:
    """Each session's service is there, and each service's area."""
    for path, file in sources.files(SessionFile):
        for number, session in enumerate(file.sessions):
            yield from must_be_there(
                sources, (path, ("sessions", number, "service")), "service", session.service
            )
    for path, offered in sources.files(ServiceFile):
        for number, service in enumerate(offered.services):
            if service.area:
                yield from must_be_there(sources, (path, ("services", number, "area")), "area", service.area)


def postcodes_lead_to_one_area(content: Content, sources: Sources) -> Iterator[Problem]:
    """No letters of a postcode belong to two areas."""
    first: dict[str, str] = {}
    for path, file in sources.files(AreaFile):
        for number, area in enumerate(file.areas):
            for place, letters in enumerate(area.letters):
                other = first.setdefault(letters.upper(), area.id)
                if other != area.id:
                    where = ("areas", number, "letters", place)
                    yield sources.problem(path, where, f"the postcodes {letters} belong to '{other}' already")


def no_place_is_there_twice(content: Content, sources: Sources) -> Iterator[Problem]:
    """The same name for the same spot once only; one name may stand for several spots."""
    seen: set[tuple[str, str]] = set()
    for path, file in sources.files(PlaceFile):
        for number, place in enumerate(file.places):
            known = (place.name.casefold(), place.at)
            if known in seen:
                yield sources.problem(
                    path, ("places", number, "name"), f"'{place.name}' at {place.at} stands here twice"
                )
            seen.add(known)


RULES = (
    no_id_is_there_twice,
    no_sentence_is_there_twice,
    no_topic_is_there_twice,
    buttons_lead_somewhere,
    steps_call_what_is_there,
    transcripts_have_a_flow,
    sessions_have_a_service,
    postcodes_lead_to_one_area,
    no_place_is_there_twice,
)
