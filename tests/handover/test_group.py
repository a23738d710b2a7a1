"""The staff's group on Telegram: one topic a person, only linked staff answer, and all else is silence."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.connection import Line, connect
from bot.channels.telegram.intake import Doors, Intake
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.topics import TelegramTopics
from bot.conversation.texts import Texts
from bot.handover import queue
from bot.messaging.dispatcher import Dispatcher
from bot.staff.topics import Topics
from bot.store import accounts, audit, rooms, staff
from bot.store.engine import Store
from bot.store.staff import Role
from bot.store.tables import handovers, people
from tests.databases import Clock
from tests.handover.people import WORLD, Patient
from tests.handover.test_relay_talk import begun, only
from tests.messaging.fakes import FAST, FakeChannel
from tests.telegram.builders import SENDER
from tests.telegram.conftest import HURRIED
from tests.telegram.emulator import TOKEN, FakeTelegram, Fault, FaultsInTurn

GROUP = -1001
ANN, BEN, STRANGER = 11, 12, 13


class Team:
    """The program beside a Telegram on loopback, with a patient in the web chat."""

    def __init__(self, store: Store, clock: Clock, fake: FakeTelegram, line: Line) -> None:
        self.store, self.clock, self.fake, self.line = store, clock, fake, line
        self.patient = Patient(store, clock)
        self.service = self.patient.service
        texts = Texts(WORLD.content.texts)
        sender = TelegramChannel(line, texts, print)
        self.telegram = Dispatcher(store, {"telegram": sender}, FAST, clock)
        self.page = FakeChannel()
        self.web = Dispatcher(store, {"web": self.page}, FAST, clock)
        self.topics = Topics(TelegramTopics(line))
        self.intake = Intake(Doors(self.service.accept, room=self.service.room), line)
        self.updates = 0

    async def hire(self, name: str, address: int, role: Role = "navigator") -> None:
        async with self.store.write() as tx:
            member = await staff.add(tx, name, role, self.clock())
            assert member
            code = await staff.invite(tx, member.id, "SECRET", self.clock())
            await staff.link(tx, code, "telegram", str(address), self.clock())

    async def hear(self, sender: int, topic: int = 0, **parts: object) -> None:
        """An update in the group."""
        self.updates += 1
        place = {"id": GROUP, "type": "supergroup", "is_forum": True}
        where = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        said = {"message_id": 900, "date": 1, "chat": place, "from": {**SENDER, "id": sender}, **where}
        kind, content = "message", {**said, **parts}
        if "data" in parts:
            kind, content = "callback_query", {"id": "q", "from": said["from"], "message": said, **parts}
        await self.intake.take([{"update_id": self.updates, kind: content}])
        await self.work()

    async def work(self) -> None:
        """Ticks and senders, until nothing is left to do."""
        await self.topics.tick(self.store, WORLD, self.clock())
        for _ in range(6):
            self.clock.forward(seconds=2)
            await self.telegram.step()
            await self.web.step()

    def shown(self, topic: int) -> list[str]:
        """What stands in a topic of the group."""
        return [one.text for one in self.fake.delivered if one.chat == GROUP and one.topic == topic]

    def button(self, label: str) -> str:
        """The newest button of that name in the group."""
        boards = [one.markup.get("inline_keyboard", []) for one in self.fake.delivered]
        keys = [key for board in boards for row in board for key in row]  # type: ignore[attr-defined]
        return str(next(key["callback_data"] for key in reversed(keys) if key["text"] == label))


@pytest.fixture
async def team(store: Store, clock: Clock) -> AsyncIterator[Team]:
    fake = FakeTelegram()
    await fake.start()
    line = connect(TOKEN, fake.url, 28.0, HURRIED)
    made = Team(store, clock, fake, line)
    await made.hire("Ann", ANN)
    yield made
    await line.hang_up()
    await fake.stop()


async def talking(team: Team) -> int:
    """The group is the team's, and somebody writes; the topic."""
    await team.hear(ANN, text="/here")
    team.patient = await begun(team.store, team.clock)
    await team.work()
    thread = (await only(team.store)).thread
    assert thread.startswith(f"{GROUP}:")
    return int(thread.partition(":")[2])


async def test_each_person_gets_one_topic_with_a_pseudonym_and_their_words_are_passed_on(team: Team) -> None:
    topic = await talking(team)
    await team.patient.say("it is worse in the morning")
    await team.work()
    await team.work()
    first, *said = team.shown(topic)
    assert said == ["my knees hurt", "it is worse in the morning"] and "in the team's name" in first
    code = (await only(team.store)).code
    assert list(team.fake.topics.values()) == [f"{code} · Physios · in writing"]
    async with team.store.read() as tx:
        shown = [row.name for row in await audit.latest(tx, 9) if row.what == "handover.shown"]
    assert shown == ["staff group"] * 2


async def test_what_a_linked_navigator_types_in_the_topic_goes_to_the_person(team: Team) -> None:
    topic = await talking(team)
    await team.hear(ANN, topic, text="# who knows about knees?")
    await team.hear(ANN, topic, text="Try the stairs one at a time.")
    assert [text for _, text in team.page.arrived] == [
        "From the team (physio):\nTry the stairs one at a time."
    ]
    assert team.shown(topic)[-1] == "It goes to the person now, in the team's name."
    assert (await only(team.store)).claimer == "Ann"


async def test_what_is_forwarded_or_edited_or_written_as_the_group_goes_to_nobody(team: Team) -> None:
    topic = await talking(team)
    await team.hear(ANN, topic, text="another person's words", forward_origin={"type": "hidden_user"})
    assert team.shown(topic)[-1].startswith("A forwarded message is not sent to the person.")
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await team.hear(ANN, topic, text="as an anonymous admin", **{"from": anonymous})
    place = {"id": GROUP, "type": "supergroup", "is_forum": True}
    where = {"message_id": 900, "date": 1, "chat": place, "from": {**SENDER, "id": ANN}}
    edited = {**where, "message_thread_id": topic, "is_topic_message": True, "text": "edited"}
    await team.intake.take([{"update_id": 9000, "edited_message": edited}])
    await team.work()
    assert team.page.arrived == []


async def test_whoever_leaves_the_team_is_a_stranger_in_its_group(team: Team) -> None:
    topic = await talking(team)
    async with team.store.write() as tx:
        ann = await staff.named(tx, "Ann")
        assert ann
        await accounts.leave(tx, ann.id, team.clock())
    await team.hear(ANN, topic, text="I still write here")
    assert team.page.arrived == [] and "for linked staff" in team.shown(topic)[-1]


async def test_which_group_is_the_teams_stands_in_the_log(team: Team) -> None:
    await team.hear(ANN, text="/here")
    async with team.store.read() as tx:
        told = [(row.name, row.detail) for row in await audit.latest(tx, 9) if row.what == "room.set"]
    assert told == [("Ann", str(GROUP))]


async def test_strangers_and_viewers_are_refused_once_and_nothing_is_sent(team: Team) -> None:
    await team.hire("Vic", BEN, "viewer")
    topic = await talking(team)
    for sender in (STRANGER, STRANGER, BEN):
        await team.hear(sender, topic, text="Take 2 tablets")
    assert (
        team.page.arrived == []
        and team.shown(topic).count("This chat is for linked staff. Nothing was sent.") == 2
    )
    async with team.store.read() as tx:
        addresses = [row.address for row in await tx.execute(people.select())]
    assert addresses == [team.patient.address]


async def test_buttons_are_checked_against_who_taps_and_what_they_saw(team: Team) -> None:
    await team.hire("Ben", BEN)
    topic = await talking(team)
    claim = team.button("Claim")
    await team.hear(STRANGER, topic, data=claim)
    assert (await only(team.store)).state == "open"
    await team.hear(ANN, topic, data=claim)
    await team.hear(BEN, topic, data=claim)
    assert "Ann has claimed it." in team.shown(topic) and "Ann claimed this at" in team.shown(topic)[-1]
    await team.hear(BEN, topic, data="z:q-done:77:0")
    await team.hear(ANN, topic, data=team.button("Pass on"))
    await team.hear(ANN, topic, data=team.button("Nurses"))
    assert (await only(team.store)).team == "nurse"
    await team.hear(BEN, topic, data=team.button("Done"))
    assert (await only(team.store)).closer == "Ben"
    assert "The team has ended this talk" in team.page.arrived[-1][1]


async def test_other_groups_and_what_is_outside_topics_get_silence(team: Team) -> None:
    await team.hear(STRANGER, text="/here")
    await team.hear(ANN, text="hello")
    await team.hear(ANN, 5, text="hello")
    assert team.fake.delivered == []
    await team.hear(ANN, text="/here", chat={"id": GROUP, "type": "group"})
    assert ["switch on Topics" in one.text for one in team.fake.delivered] == [True]
    async with team.store.read() as tx:
        assert await rooms.find_room(tx) == ""


async def test_a_topic_that_could_not_be_made_is_tried_again_and_an_unsure_one_after_10_minutes(
    team: Team,
) -> None:
    await team.hear(ANN, text="/here")
    await begun(team.store, team.clock)
    busy = Fault(
        "status", status=429, description="Too Many Requests: retry after 1", parameters={"retry_after": 1}
    )
    team.fake.faults = FaultsInTurn("createForumTopic", busy, Fault("cut", done=True))
    await team.work()
    assert (await only(team.store)).thread == ""
    await team.work()
    assert (await only(team.store)).thread.startswith("making ") and len(team.fake.topics) == 1
    await team.work()
    assert len(team.fake.topics) == 1
    team.clock.forward(minutes=11)
    await team.work()
    # The first stays empty: nobody could know that it was made.
    assert len(team.fake.topics) == 2 and team.shown(max(team.fake.topics))[1:] == ["my knees hurt"]


async def test_of_a_call_back_nothing_goes_to_telegram_and_nothing_to_the_person(
    team: Team,
) -> None:
    await team.hear(ANN, text="/here")
    for said in ("person", "a call back", "yes", "0131 496 0000", "skip", "my rent", "skip", "yes"):
        await team.patient.say(said)
    await team.work()
    [topic] = team.fake.topics
    await team.hear(ANN, topic, text="I tried, no answer")
    assert "nothing was sent" in team.shown(topic)[-1] and team.page.arrived == []
    assert not any("0131" in one.text or "rent" in one.text for one in team.fake.delivered)


async def test_with_the_person_their_topic_goes_too(team: Team) -> None:
    topic = await talking(team)
    await team.patient.say("delete my data")
    await team.patient.tap("Yes, delete everything")
    await team.work()
    assert topic not in team.fake.topics
    async with team.store.read() as tx:
        assert list(await tx.execute(handovers.select())) == []


async def test_the_same_update_answers_once(team: Team) -> None:
    topic = await talking(team)
    team.updates += 1
    for _ in range(2):
        team.updates -= 1
        await team.hear(ANN, topic, text="Hello")
    assert len(team.page.arrived) == 1
    asked = await only(team.store)
    async with team.store.write() as tx:
        opened = await queue.one(tx, asked.id, audit.Who(0, "test"), team.clock())
    assert [one.sent for one in opened.messages if one.side == "staff"] == ["sent"]
