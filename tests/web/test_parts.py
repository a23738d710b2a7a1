"""The small parts: pace, addresses, words into paragraphs, and the weight of the first page."""

import httpx
import pytest
from starlette.requests import Request

from bot.channels.web.layout import Piece, blocks, draw, pieces
from bot.channels.web.limits import Limiter, address
from bot.model import Button, Say
from tests.web.fakes import FakeClock


def test_a_bucket_fills_again_with_time() -> None:
    clock, limiter = FakeClock(), Limiter(burst=2, per_second=0.5)
    assert [limiter.wait("a", clock()) for _ in range(3)] == [0, 0, 2]
    clock.pass_(2)
    assert limiter.wait("a", clock()) == 0


def test_one_persons_pace_is_not_anothers() -> None:
    clock, limiter = FakeClock(), Limiter(burst=1, per_second=1)
    assert [limiter.wait("a", clock()), limiter.wait("b", clock())] == [0, 0]


def test_a_clock_that_goes_back_gives_no_turns_and_takes_none() -> None:
    clock, limiter = FakeClock(), Limiter(burst=2, per_second=1)
    limiter.wait("a", clock())
    clock.pass_(-3600)
    assert [limiter.wait("a", clock()), limiter.wait("a", clock())] == [0, 1]


def test_the_memory_of_the_pace_is_bounded() -> None:
    clock, limiter = FakeClock(), Limiter(burst=1, per_second=1, keys=2)
    assert [limiter.wait(key, clock()) for key in ("a", "b", "c", "a", "c")] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, "203.0.113.9"),
        ("198.51.100.1", 0, "203.0.113.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1, 10.0.0.1", 2, "198.51.100.1"),
        ("", 1, ""),
        ("198.51.100.1", 5, "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("unknown", 1, "unknown"),
    ],
)
def test_an_address_is_what_our_own_proxy_saw(forwarded: str, proxies: int, expected: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())]
    request = Request({"type": "http", "headers": headers, "client": ("203.0.113.9", 1)})
    assert address(request, proxies) == expected


def test_paragraphs_and_bullets_are_told_apart() -> None:
    found = list(blocks("One\ntwo\n\n- a\n• b\nthree"))
    assert [(block.kind, len(block.lines)) for block in found] == [
        ("paragraph", 2),
        ("bullets", 2),
        ("paragraph", 1),
    ]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("See https://www.nhs.uk/x. Or (https://a.org/b)!", ["https://www.nhs.uk/x", "https://a.org/b"]),
        (
            "Call 0808 808 00 00, 116 123, 111 or 999.",
            ["tel:08088080000", "tel:116123", "tel:111", "tel:999"],
        ),
        ("Breathing Space 0800 83 85 87 or 0800 917 7711", ["tel:0800838587", "tel:08009177711"]),
        ("Text SHOUT to 85258. It costs £111 or 1,999 or 9.999 or 02/03/2026.", []),
        ("On 12 March 2026, 10am, at EH6 5NA, room 1112", []),
    ],
)
def test_web_addresses_and_phone_numbers_become_links(line: str, links: list[str]) -> None:
    assert [piece.url for piece in pieces(line) if piece.url] == links
    assert "".join(piece.text for piece in pieces(line)) == line


def test_a_card_starts_with_its_heading_and_an_ordinary_message_has_none() -> None:
    assert draw(Say("URGENT: call\nnow", look="urgent")).heading == (Piece("URGENT: call"),)
    assert draw(Say("Hello\nthere", look="answer")).heading == ()


def test_a_button_that_is_no_web_or_phone_link_is_left_out() -> None:
    say = Say("x", ((Button("a", url="javascript:x"),), (Button("b", url="tel:111"), Button("c", "c:menu"))))
    assert [[button.label for button in row] for row in draw(say).rows] == [["b", "c"]]


async def test_the_first_page_is_under_50_kilobytes(http: httpx.AsyncClient) -> None:
    page = len((await http.get("/")).content)
    parts = [len((await http.get(f"/static/{name}")).content) for name in ("chat.css", "chat.js", "icon.svg")]
    total = page + sum(parts)
    print(f"first page: {total} bytes: page {page}, styles, script and icon {parts}")
    assert total < 50_000
