"""What a form of the console posted: only the ordinary kind, of an ordinary size."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.channels.web.forms import clean
from bot.console.office import Refusal

MOST = 256 * 1024
"""Bytes of a form. Nothing here takes a file."""
FIELDS = 2000


async def receive(request: Request) -> Mapping[str, Sequence[str]]:
    """Every field with its values, without control characters. Too much is refused before it is all read."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refusal("not-a-form", 415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise Refusal("too-large", 413)
    return read(body)


def read(body: bytes) -> Mapping[str, Sequence[str]]:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=FIELDS
        )
    except ValueError:
        raise Refusal("too-large", 413) from None
    fields: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        fields[name].append(clean(value).strip())
    return fields
