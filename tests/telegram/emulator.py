"""Telegram on loopback: the published emulator, what it lacks, and faults on demand."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator, updates

TOKEN = "123456789:AAH-not-a-real-token_0123456789abcdef"
OWN_METHODS = ("setMyDescription", "setMyShortDescription", "getMyDescription", "getMyShortDescription")
TOPIC_METHODS = ("createForumTopic", "deleteForumTopic")
"""What the published emulator does not know at all."""
SEND_ONLY = ("protect_content", "link_preview_options", "allow_paid_broadcast", "message_thread_id")
"""Fields of sendMessage (and of edits) that the published emulator refuses, though Telegram takes them."""
NOT_MODIFIED = "Bad Request: message is not modified: the new message text and markup are the same"
"""What Telegram says to an edit that changes nothing."""

# The published emulator can only queue three kinds of updates; all that Telegram sends is wanted here.
updates.KINDS.update(updates.ALLOWED_UPDATE_TYPES)

Fields: TypeAlias = Mapping[str, object]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request: `done` says whether Telegram did it all the same."""

    kind: Literal["status", "cut", "late"]
    done: bool = False
    status: int = 500
    description: str = "Internal Server Error"
    parameters: Mapping[str, object] = field(default_factory=dict)


def flood(seconds: float) -> Fault:
    return Fault("status", False, 429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


@dataclass(frozen=True)
class Delivered:
    """A message as the person's phone shows it."""

    chat: int
    text: str
    message_id: int
    markup: Mapping[str, object]
    protected: bool
    previews_off: bool
    topic: int = 0


Faults: TypeAlias = Callable[[str, Fields], Fault | None]
Listener: TypeAlias = Callable[[Delivered], None]


def no_faults(method: str, fields: Fields) -> Fault | None:
    return None


def no_listener(message: Delivered) -> None:
    """Nobody waits for messages."""


class FaultsInTurn:
    """These faults for the first calls of a method, one each; then none."""

    def __init__(self, method: str, *faults: Fault | None) -> None:
        self.method = method
        self.left = deque(faults)

    def __call__(self, method: str, fields: Fields) -> Fault | None:
        return self.left.popleft() if method == self.method and self.left else None


class Limits:
    """Telegram's own pace: 30 messages a second over all, 1 a second in a chat with a burst of 3."""

    def __init__(self, overall: int = 30, burst: int = 3) -> None:
        self.overall, self.burst = overall, burst
        self.times: deque[tuple[float, str]] = deque()
        self.frozen_until = 0.0

    def __call__(self, chat: str, now: float) -> Fault | None:
        while self.times and self.times[0][0] < now - 1:
            self.times.popleft()
        own = sum(1 for _, other in self.times if other == chat)
        if len(self.times) >= self.overall or own >= self.burst:
            self.frozen_until = now + 1
        if now < self.frozen_until:
            return flood(1)
        self.times.append((now, chat))
        return None


class FakeTelegram(LoBotApiEmulator):  # type: ignore[misc]
    """Serves the Bot API at `url` and keeps what was delivered."""

    def __init__(self, faults: Faults = no_faults, limits: Limits | None = None) -> None:
        super().__init__(max_updates=100_000, allow_insecure_loopback_webhooks=True)
        self.faults, self.limits = faults, limits
        self.listener: Listener = no_listener
        self.delivered: list[Delivered] = []
        self.edited: list[Delivered] = []
        self.deleted: list[tuple[int, int]] = []
        self.standing: dict[tuple[int, int], Delivered] = {}
        """What the chats show now, by chat and message id."""
        self.calls: list[tuple[str, dict[str, object]]] = []
        self.own: dict[str, object] = {}
        self.topics: dict[int, str] = {}
        """The topics of forums, by number."""
        self.answered = asyncio.Event()
        self.closing = asyncio.Event()
        self.url = ""

    async def start(self, port: int = 0) -> None:
        self.runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def stop(self) -> None:
        self.closing.set()
        await self.runner.cleanup()

    def counted(self, method: str) -> int:
        return sum(1 for called, _ in self.calls if called == method)

    async def write(self, kind: str, content: Mapping[str, object]) -> int:
        """A person does something."""
        number: int = await self.enqueue_update({kind: content}, token=TOKEN)
        return number

    # ---- what the published emulator lacks -------------------------------------------------------------

    def validate(self, method: str, fields: dict[str, object], uploads: dict[str, object]) -> object:
        if method in OWN_METHODS:
            return self._described(method, fields)
        if method in TOPIC_METHODS:
            return self._topic(method, fields)
        changes = method in ("editMessageText", "deleteMessage")
        words = method in ("sendMessage", "editMessageText")
        own = {name: fields.pop(name, None) for name in SEND_ONLY} if words else {}
        result = super().validate(method, fields, uploads)
        if changes:
            self._changed(method, fields, own)
        if method == "getMe":
            return {**result, "username": "prehab_test_bot"}
        if method == "sendMessage":
            self._deliver(result, fields, own)
        return self._commands(method, fields, result)

    def _topic(self, method: str, fields: Fields) -> object:
        """Forum topics, as far as this program makes and deletes them."""
        if method == "createForumTopic":
            number, name = 100 + len(self.topics), str(fields["name"])
            if not 1 <= len(name) <= 128:
                raise ApiRefusal("Bad Request: TOPIC_NAME_INVALID")
            self.topics[number] = name
            return {"message_thread_id": number, "name": name, "icon_color": 7322096}
        if self.topics.pop(int(str(fields["message_thread_id"])), None) is None:
            raise ApiRefusal("Bad Request: TOPIC_ID_INVALID")
        return True

    def _described(self, method: str, fields: Fields) -> object:
        name = "description" if method.endswith("MyDescription") else "short_description"
        key = f"{name}:{fields.get('language_code', '')}"
        if method.startswith("get"):
            return {name: self.own.get(key, "")}
        if len(str(fields.get(name, ""))) > (512 if name == "description" else 120):
            raise ApiRefusal("Bad Request: description is too long")
        self.own[key] = fields.get(name, "")
        return True

    def _commands(self, method: str, fields: Fields, result: object) -> object:
        key = f"commands:{fields.get('language_code', '')}"
        if method == "setMyCommands":
            self.own[key] = json.loads(str(fields["commands"]))
        return self.own.get(key, []) if method == "getMyCommands" else result

    def _changed(self, method: str, fields: Fields, own: Fields) -> None:
        """An edit or a deletion; of what is not there, or what is the same already, Telegram says so."""
        place = (int(str(fields["chat_id"])), int(str(fields["message_id"])))
        before = self.standing.get(place)
        if before is None:
            verb = "edit" if method == "editMessageText" else "delete"
            raise ApiRefusal(f"Bad Request: message to {verb} not found")
        if method == "deleteMessage":
            del self.standing[place]
            self.deleted.append(place)
            return
        after = _message(place, str(fields["text"]), fields, own)
        if (before.text, before.markup) == (after.text, after.markup):
            raise ApiRefusal(NOT_MODIFIED)
        self.standing[place] = after
        self.edited.append(after)
        self.listener(after)

    def _deliver(self, result: Mapping[str, object], fields: Fields, own: Fields) -> None:
        place = (int(str(fields["chat_id"])), int(str(result["message_id"])))
        message = _message(place, str(result["text"]), fields, own)
        self.standing[place] = message
        self.delivered.append(message)
        self.listener(message)

    # ---- faults ----------------------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields, _ = await self.read_request(request)
        self.calls.append((method, dict(fields)))
        fault = self.faults(method, fields) or self._paced(method, fields)
        response: web.StreamResponse | None = None
        if fault is None or fault.done:
            response = await super().handle(request)
        self.answered.set()
        if fault is None and response is not None:
            return response
        return await self._go_wrong(request, fault)

    def _paced(self, method: str, fields: Fields) -> Fault | None:
        if self.limits is None or method != "sendMessage":
            return None
        return self.limits(str(fields.get("chat_id")), asyncio.get_running_loop().time())

    async def _go_wrong(self, request: web.Request, fault: Fault | None) -> web.StreamResponse:
        assert fault is not None
        if fault.kind == "late":
            await self.closing.wait()
        if fault.kind == "cut" and request.transport is not None:
            request.transport.abort()
        body = {"ok": False, "error_code": fault.status, "description": fault.description}
        if fault.parameters:
            body["parameters"] = dict(fault.parameters)
        return web.json_response(body, status=fault.status)


def _message(place: tuple[int, int], text: str, fields: Fields, own: Fields) -> Delivered:
    return Delivered(
        chat=place[0],
        text=text,
        message_id=place[1],
        markup=json.loads(str(fields.get("reply_markup", "{}"))),
        protected=str(own["protect_content"]).lower() == "true",
        previews_off='"is_disabled": true' in str(own["link_preview_options"]).lower(),
        topic=int(str(own["message_thread_id"] or 0)),
    )
