"""One arrival is one transaction, decided once, whatever happens around it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.model import AskHandover, Count, EraseMe, Event, GiveConsent, Person, Say, Turn
from bot.service import Service
from bot.store import people
from bot.store.engine import Store
from bot.store.tables import arrivals, counters, handovers, ledger
from bot.store.tables import people as people_table
from tests.databases import Clock, column, rows
from tests.service.fakes import SORRY, FakeNavigator, arrival


def service_of(store: Store, clock: Clock, navigator: FakeNavigator | None = None) -> Service:
    chosen = navigator or FakeNavigator()
    return Service(store, lambda: chosen, clock)


def texts(says: tuple[Say, ...]) -> list[str]:
    return [say.text for say in says]


async def test_a_message_is_answered(store: Store, clock: Clock) -> None:
    assert texts(await service_of(store, clock).handle(arrival("hello"))) == ["1: hello"]


async def test_the_next_turn_remembers_the_last(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.handle(arrival("hello", "u1"))
    assert texts(await service.handle(arrival("again", "u2"))) == ["2: again"]


async def test_an_update_delivered_twice_is_answered_once_and_alike(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    first = await service.handle(arrival("hello"))
    assert await service.handle(arrival("hello")) == first
    assert await column(store, people_table, "version") == [2]


async def test_a_repeat_after_a_restart_is_still_a_repeat(
    store: Store, other_store: Store, clock: Clock
) -> None:
    first = await service_of(store, clock).handle(arrival("hello"))
    assert await service_of(other_store, clock).handle(arrival("hello")) == first


async def test_two_people_do_not_share_anything(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.handle(arrival("hello", "u1", "ann"))
    assert texts(await service.handle(arrival("hi", "u2", "bob"))) == ["1: hi"]


async def test_the_stored_update_keeps_no_words_and_no_address(store: Store, clock: Clock) -> None:
    await service_of(store, clock).handle(arrival("hello"))
    (row,) = await rows(store, arrivals)
    assert (row["payload"], row["address"], row["update"]) == (None, None, "u1")


async def test_two_processes_never_mix_the_turns_of_one_person(
    store: Store, other_store: Store, clock: Clock
) -> None:
    services = [service_of(store, clock), service_of(other_store, clock)] * 10
    answers = await asyncio.gather(
        *(service.handle(arrival("hi", f"u{n}")) for n, service in enumerate(services))
    )
    assert sorted(int(says[0].text.split(":")[0]) for says in answers) == list(range(1, 21))


async def test_saving_over_somebody_elses_save_is_refused(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        known = await people.lock(tx, "web", "ann", clock())
        assert known is not None
        await people.save(tx, known, known.person, clock())
    with pytest.raises(people.Stale):
        async with store.write() as tx:
            await people.save(tx, known, known.person, clock())


async def test_a_bug_of_ours_that_passes_is_tried_again_unseen(store: Store, clock: Clock) -> None:
    navigator = FakeNavigator(breaks_on="boo", times_broken=1)
    assert texts(await service_of(store, clock, navigator).handle(arrival("boo"))) == ["1: boo"]


async def test_a_bug_of_ours_is_said_to_be_ours_and_leaves_nothing_behind(store: Store, clock: Clock) -> None:
    navigator = FakeNavigator(breaks_on="boo")
    assert await service_of(store, clock, navigator).handle(arrival("boo")) == (SORRY,)
    assert [await rows(store, table) for table in (people_table, arrivals, ledger)] == [[], [], []]


async def test_a_bug_while_saving_rolls_the_whole_turn_back(store: Store, clock: Clock) -> None:
    wrong = (Say("thanks"), Count("asked"), AskHandover(topic=None, phone="0131"))  # type: ignore[arg-type]
    service = service_of(store, clock, FakeNavigator({"call me": wrong}))
    assert await service.handle(arrival("call me")) == (SORRY,)
    assert [await rows(store, table) for table in (people_table, counters, handovers)] == [[], [], []]


async def test_no_log_line_holds_what_a_person_wrote(store: Store, clock: Clock) -> None:
    navigator = FakeNavigator(breaks_on="my NHS number is 485 777 3456")
    with capture_logs() as lines:
        await service_of(store, clock, navigator).handle(arrival("my NHS number is 485 777 3456"))
    assert [line["error"] for line in lines] == ["ValueError", "ValueError"]
    assert "485" not in str(lines)


async def test_counters_add_up_without_anybody_in_them(store: Store, clock: Clock) -> None:
    count = Count("question", (("confidence", "sure"),))
    service = service_of(store, clock, FakeNavigator({"q": (count, count)}))
    await service.handle(arrival("q", "u1"))
    await service.handle(arrival("q", "u2", "bob"))
    (row,) = await rows(store, counters)
    assert row == {"day": "2026-11-23", "name": "question", "labels": "confidence=sure", "count": 4}


async def test_half_characters_and_zero_bytes_are_stored_without_a_crash(store: Store, clock: Clock) -> None:
    odd = AskHandover(topic="moving", phone="0131", note="a\x00b\ud800" + "c" * 400)
    says = Say("odd \x00 \ud800")
    service = service_of(store, clock, FakeNavigator({"odd": (odd, says, GiveConsent("callback", "1"))}))
    assert await service.handle(arrival("odd")) == (says,)
    assert await service.handle(arrival("odd")) == (says,)
    assert len((await column(store, handovers, "note"))[0]) == 300


async def test_recent_messages_are_ours_only_and_oldest_first(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    for number in range(4):
        await service.handle(arrival("hi", f"u{number}"))
    assert texts(await service.recent("web", "ann", 3)) == ["2: hi", "3: hi", "4: hi"]


async def test_nothing_is_shown_again_after_an_erasure(store: Store, clock: Clock) -> None:
    service = service_of(store, clock, FakeNavigator({"delete": (EraseMe(), Say("All gone."))}))
    assert texts(await service.handle(arrival("delete"))) == ["All gone."]
    assert await service.handle(arrival("delete")) == ()


class Meddler(FakeNavigator):
    """A navigator during whose thinking somebody else saves the person, once."""

    def __init__(self, save: "Meddling") -> None:
        super().__init__()
        self.save = save

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        self.save.fail_once()
        return super().respond(person, event, now)

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return SORRY


class Meddling:
    def __init__(self) -> None:
        self.left = 1

    def fail_once(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise people.Stale("ann")


async def test_a_turn_decided_on_a_stale_person_is_decided_again(store: Store, clock: Clock) -> None:
    assert texts(await service_of(store, clock, Meddler(Meddling())).handle(arrival("hi"))) == ["1: hi"]


async def test_later_broadcasts_can_see_who_must_not_be_disturbed(store: Store, clock: Clock) -> None:
    until = clock() + timedelta(hours=24)
    changes = {"help": {"quiet_until": until, "stopped": True}}
    await service_of(store, clock, FakeNavigator(changes=changes)).handle(arrival("help"))
    (row,) = await rows(store, people_table)
    assert (row["quiet_until"], row["stopped"], row["reachable"]) == (until, True, True)


async def test_a_page_may_look_at_a_person_without_making_one(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    assert await service.person("web", "ann") == Person(channel="web")
    await service.handle(arrival("hi"))
    assert (await service.person("web", "ann")).turns == 1


async def test_somebody_who_shut_us_out_may_let_us_in_again(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.handle(arrival("hi"))
    await service.standing("web", "ann", reachable=False)
    assert await column(store, people_table, "reachable") == [False]
    await service.standing("web", "ann", reachable=True)
    assert await column(store, people_table, "reachable") == [True]


async def test_red_flags_that_do_not_work_are_told_to_whoever_runs_this(store: Store, clock: Clock) -> None:
    failed = Count("red-flag", (("flag", "failed"), ("level", "urgent")))
    navigator = FakeNavigator(actions={"my secret words": (Say("If you feel unwell …"), failed)})
    with capture_logs() as logs:
        await service_of(store, clock, navigator).handle(arrival("my secret words"))
    assert [line["event"] for line in logs if line["log_level"] == "critical"] == [
        "the red flags do not work"
    ]
    assert "secret" not in str(logs)
