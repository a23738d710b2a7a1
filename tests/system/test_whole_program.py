"""The whole program, started and stopped as its users do."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.system.program import Running, free_port, prehab, surroundings
from tests.telegram.builders import message
from tests.telegram.emulator import TOKEN, Delivered, FakeTelegram
from tests.worlds import ROOT


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    await fake.start()
    yield fake
    await fake.stop()


class Phone:
    """Someone with Telegram on their phone."""

    def __init__(self, telegram: FakeTelegram, chat: int = 7) -> None:
        self.telegram, self.chat = telegram, chat
        self.inbox: asyncio.Queue[Delivered] = asyncio.Queue()
        telegram.listener = self.inbox.put_nowait

    async def write(self, text: str) -> None:
        await self.telegram.write("message", message(self.chat, text=text))

    async def read(self, wanted: str) -> str:
        """The next message that holds these words."""
        while wanted not in (text := (await asyncio.wait_for(self.inbox.get(), 30)).text):
            continue
        return text


async def test_a_conversation_on_telegram_survives_kill_9_in_the_middle_of_a_flow(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    environment = surroundings(
        tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, NAVIGATOR_TELEGRAM_API=telegram.url, PORT=str(free_port())
    )
    phone = Phone(telegram)
    first = await Running.start(environment)
    await phone.write("/start")
    await phone.read("Telegram is a private company")
    await phone.write("find a sesion")
    await phone.read("Where do you want to go from?")
    await first.kill()
    await phone.write("eh6 5na")
    second = await Running.start(environment)
    await phone.read("How would you like to take part?")
    await phone.write("i have crushing chest pain")
    assert (await phone.read("EMERGENCY")).startswith("EMERGENCY")
    code, log = await second.stop()
    assert code == 0
    assert TOKEN not in log + "".join(second.printed) and "chest" not in log


async def test_the_web_chat_is_served_and_the_terminal_shows_its_address(tmp_path: Path) -> None:
    port = free_port()
    running = await Running.start(surroundings(tmp_path, PORT=str(port)))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        page = await browser.get("/")
        health = await browser.get("/healthz")
    code, _ = await running.stop()
    printed = "".join(running.printed)
    assert page.status_code == 200 and "Prehab Navigator" in page.text
    assert health.status_code == 200
    assert f"http://127.0.0.1:{port}" in printed and "DRAFTS ARE SHOWN" in printed and "█" in printed
    assert code == 0


async def test_authors_changes_go_live_and_a_mistake_keeps_the_last_good_content(tmp_path: Path) -> None:
    for folder in ("knowledge", "flows"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    port, texts = free_port(), tmp_path / "knowledge" / "texts" / "en" / "core.yaml"
    running = await Running.start(
        surroundings(
            tmp_path,
            PORT=str(port),
            NAVIGATOR_KNOWLEDGE=str(tmp_path / "knowledge"),
            NAVIGATOR_FLOWS=str(tmp_path / "flows"),
        )
    )
    good = texts.read_text()
    texts.write_text(good + "menu.again: [broken\n")
    assert "core.yaml:" in await running.until_logged('"event": "content"')
    await running.until_logged("content.kept")
    texts.write_text(good.replace("Please pick one of these.", "Kindly choose one of these."))
    await running.until_logged("content.reloaded")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        page = await browser.get("/")
        fields = dict(re.findall(r'name="(token|nonce)" value="([^"]+)"', page.text))
        answer = await browser.post("/chat", data={**fields, "text": "purple"})
    await running.stop()
    assert "Kindly choose one of these." in answer.text


async def test_a_door_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    port = str(free_port())
    first = await Running.start(surroundings(tmp_path, PORT=port))
    code, _ = await prehab("run", environment=surroundings(tmp_path, PORT=port))
    await first.stop()
    assert code == 1


async def test_web_and_worker_can_be_processes_of_their_own(tmp_path: Path, telegram: FakeTelegram) -> None:
    environment = surroundings(
        tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, NAVIGATOR_TELEGRAM_API=telegram.url, PORT=str(free_port())
    )
    web = await Running.start(environment, "--role", "web")
    worker = await Running.start(environment, "--role", "worker")
    phone = Phone(telegram)
    await phone.write("what is prehab?")
    await phone.read("Source:")
    assert (await web.stop())[0] == 0
    assert (await worker.stop())[0] == 0


async def test_wrong_settings_are_told_all_at_once_without_a_secret(tmp_path: Path) -> None:
    wrong = surroundings(tmp_path, NAVIGATOR_TELEGRAM_PACE="-1", PORT="no", TELEGRAM_BOT_TOKEN=TOKEN)
    code, _ = await prehab("run", environment=wrong)
    assert code == 2


async def test_the_terminal_chat_answers_line_by_line(tmp_path: Path) -> None:
    code, printed = await prehab(
        "chat", environment=surroundings(tmp_path), typed="for me\nwot is prehab\n[1]\n"
    )
    assert code == 0
    assert "I am the Prehab Navigator" in printed and "Source:" in printed


async def test_search_reads_a_message_a_line_and_prints_an_object_a_line(tmp_path: Path) -> None:
    code, printed = await prehab(
        "search", "--json", environment=surroundings(tmp_path), typed="wot is prehab\n\n"
    )
    found = [json.loads(line) for line in printed.splitlines()]
    assert code == 0 and len(found) == 2
    assert found[0]["confidence"] in ("sure", "unsure") and found[0]["hits"][0]["id"] == "what-is-prehab"
    assert found[1]["confidence"] == "unknown"


async def test_flags_reads_a_message_a_line_and_prints_an_object_a_line(tmp_path: Path) -> None:
    typed = "crushing chst pain\nkilling time before my op\n\n"
    code, printed = await prehab("flags", "--json", environment=surroundings(tmp_path), typed=typed)
    levels = [json.loads(line)["level"] for line in printed.splitlines()]
    assert code == 0 and levels == ["emergency", "none", "none"]


async def test_the_database_is_brought_up_to_date_before_a_release(tmp_path: Path) -> None:
    code, _ = await prehab("release", environment=surroundings(tmp_path))
    assert code == 0 and (tmp_path / "navigator.sqlite3").exists()


async def test_production_does_not_start_without_what_patients_depend_on(tmp_path: Path) -> None:
    unset = surroundings(tmp_path, NAVIGATOR_MODE="production")
    code, _ = await prehab("run", environment=unset)
    assert code == 2
