"""Whatever stands in a file, loading ends in content or in problems."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.kinds import KINDS, Kind
from bot.content.load import shape_of
from bot.content.source import parse
from tests.content.author import GOOD, Author

scalars = st.sampled_from(
    [
        "a",
        "en",
        "5",
        "no",
        "{gap}",
        "''",
        "~",
        "2026-11-30",
        "-1",
        "1.5",
        "24h",
        "[]",
        "{}",
        "x y",
        "'{'",
        "😀",
    ]
)
names = st.sampled_from(
    sorted({name for kind in KINDS for name in kind.shape.model_fields} | {"id", "ask", "x"})
)


def flow_style(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.dictionaries(names, inner, max_size=4)
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        groups.map(lambda group: "{" + ", ".join(f"{name}: {item}" for name, item in group.items()) + "}"),
    )


yaml_texts = st.recursive(scalars, flow_style, max_leaves=12)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=60, deadline=None)
@given(text=yaml_texts)
def test_any_values_are_a_shape_or_problems_in_words(kind: Kind, text: str) -> None:
    source = parse("file.yaml", text.encode())
    shape, problems = shape_of(kind.shape, source)
    assert (shape is None) == bool(problems or source.top is None)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(sorted(GOOD)),
    start=st.integers(0, 400),
    length=st.integers(0, 40),
    put=st.sampled_from(["", "\n", "x", ": ", "- ", "{", "'", "no", "\t", "\x00", "  "]),
)
def test_a_good_file_with_any_one_slip_never_crashes_the_loader(
    name: str, start: int, length: int, put: str
) -> None:
    with TemporaryDirectory() as home:
        author = Author(Path(home))
        text = GOOD[name]
        author.writes(name, text[:start] + put + text[start + length :])
        author.checks()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[" * 5000, b"a: [", b"\x00", b"&a *a", b"- - - x"])
def test_a_spoilt_file_is_told_and_the_others_are_still_read(author: Author, raw: bytes) -> None:
    author.writes("knowledge/words.yaml", raw)
    loaded = author.loads()
    assert (loaded.content, "cannot-sleep" in loaded.readable.articles) == (None, True)
