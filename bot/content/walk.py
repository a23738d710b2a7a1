"""Going through a shape: every value in it, with the way to where it was written."""

from collections.abc import Iterator

from pydantic import BaseModel

from bot.content.builder import Where


def walk(value: object, where: Where = ()) -> Iterator[tuple[Where, object]]:
    """The value itself and everything inside it, in the order of the file."""
    yield where, value
    for name, inside in _parts(value):
        yield from walk(inside, where if name is None else (*where, name))


def _parts(value: object) -> Iterator[tuple[str | int | None, object]]:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            # A file that is nothing but a table has its lines in `root`, which nobody writes.
            yield None if name == "root" else (field.alias or name), getattr(value, name)
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
