"""JSON Schema for every kind of file, so that an editor helps an author while writing."""

from typing import Any

from bot.content.kinds import KINDS, Kind


def schemas() -> dict[str, dict[str, Any]]:
    """One schema for each kind of file, by its name: articles, contacts, flows ..."""
    return {kind.name: _schema(kind) for kind in KINDS}


def _schema(kind: Kind) -> dict[str, Any]:
    schema = kind.shape.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{kind.folder}/{kind.pattern}",
        **{key: value for key, value in schema.items() if key != "title"},
    }
