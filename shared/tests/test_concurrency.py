"""Slots: a bounded queue, served in turn, fair to tenants and principals, that never loses a slot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from mcp_chassis.concurrency import SEEN_SECONDS, Slots
from mcp_chassis.errors import RateLimited


@pytest.mark.asyncio
async def test_a_full_queue_answers_at_once() -> None:
    slots = Slots(1, wait_s=60, queue=1)
    async with slots.hold("t", "a"):
        waiting = asyncio.create_task(_hold(slots, "a"))
        await asyncio.sleep(0)
        with pytest.raises(RateLimited, match="queue is full"):
            await _hold(slots, "b")
    await waiting


@pytest.mark.asyncio
async def test_who_waits_too_long_is_told_to_come_back() -> None:
    slots = Slots(1, wait_s=0.01)
    async with slots.hold("t", "a"):
        with pytest.raises(RateLimited) as refused:
            await _hold(slots, "a")
    assert refused.value.retry_after_s == 0.01
    assert slots.queued == 0


@pytest.mark.parametrize(
    ("what", "size", "arriving", "served"),
    [
        ("principals in turn", 1, "t.a t.a t.a t.b t.c", "t.a t.b t.c t.a t.a"),
        ("tenants in turn, whoever calls there", 1, "t.a t.b t.c u.x", "t.a u.x t.b t.c"),
        ("one tenant's many principals count as one tenant", 1, "t.a t.b t.c u.x u.x", "t.a u.x t.b u.x t.c"),
        ("within a tenant principals in turn", 1, "t.a t.a t.b u.x u.x u.y", "t.a u.x t.b u.y t.a u.x"),
        ("who comes alone waits for nobody else", 1, "t.a t.a", "t.a t.a"),
    ],
)
@pytest.mark.asyncio
async def test_who_waits_is_served_in_turn(what: str, size: int, arriving: str, served: str) -> None:
    slots = Slots(size, wait_s=60, queue=10)
    order: list[str] = []
    async with slots.hold("z", "z"):
        tasks = await _arrive(slots, arriving.split(), order)
    await asyncio.gather(*tasks)
    assert " ".join(order) == served, what


@pytest.mark.parametrize(
    ("what", "queue", "waiting", "comes", "turned_away"),
    [
        ("the last of the longest line makes room", 4, "t.a t.a t.a t.a", "u.x", 3),
        ("a tenant's principals together are its line", 4, "t.a t.b t.c t.d", "u.x", 3),
        ("of that tenant the principal with most waiting", 4, "t.a t.b t.b t.c", "u.x", 2),
        ("within a tenant too", 4, "t.a t.a t.a t.b", "t.c", 2),
        ("but not for one's own longest line", 4, "t.a t.a t.a t.b", "t.a", None),
        ("nor to change places", 4, "t.a t.a u.x u.x", "t.a", None),
        ("nor for a line that would be as long", 3, "t.a t.a u.x", "u.x", None),
        ("the principals of a tenant share what is its", 6, "t.a t.a t.a u.x u.x u.x", "t.b", 2),
        ("among equals who was first stays", 2, "t.a t.b", "t.c", None),
    ],
)
@pytest.mark.asyncio
async def test_a_full_queue_turns_away_the_longest_line(
    what: str, queue: int, waiting: str, comes: str, turned_away: int | None
) -> None:
    slots = Slots(1, wait_s=60, queue=queue)
    order: list[str] = []
    async with slots.hold("z", "z"):
        tasks = await _arrive(slots, [*waiting.split(), comes], order)
        assert slots.queued == queue
        refused = [number for number, task in enumerate(tasks) if task.done()]
    await asyncio.gather(*tasks, return_exceptions=True)
    assert refused == [len(tasks) - 1 if turned_away is None else turned_away], what
    assert isinstance(tasks[refused[0]].exception(), RateLimited)
    assert len(order) == queue


@pytest.mark.asyncio
async def test_while_others_call_a_tenant_holds_no_more_than_its_share() -> None:
    slots = Slots(4, wait_s=60, queue=10)
    async with slots.hold("other", "o"):
        pass
    order: list[str] = []
    end = asyncio.Event()
    flood = [asyncio.create_task(_hold(slots, f"t.{number}", order, end)) for number in range(6)]
    await asyncio.sleep(0)
    assert (slots.running, slots.queued) == (2, 4)
    quick = [asyncio.create_task(_hold(slots, "other.o", order, end)) for _ in range(2)]
    await asyncio.sleep(0)
    assert (slots.running, slots.queued) == (4, 4)  # the others find what the flood may not have
    end.set()
    await asyncio.gather(*flood, *quick)
    assert (slots.running, slots.queued) == (0, 0)


@pytest.mark.parametrize(("share", "running"), [(None, 2), (1, 1), (3, 3), (9, 4)])
@pytest.mark.asyncio
async def test_the_share_of_a_tenant_can_be_chosen(share: int | None, running: int) -> None:
    slots = Slots(4, wait_s=60, tenant_slots=share)
    async with slots.hold("other", "o"):
        pass
    end = asyncio.Event()
    tasks = [asyncio.create_task(_hold(slots, "t.a", [], end)) for _ in range(6)]
    await asyncio.sleep(0)
    assert slots.running == running
    end.set()
    await asyncio.gather(*tasks)


@pytest.mark.asyncio
async def test_a_tenant_that_calls_alone_may_hold_all_slots() -> None:
    now = [0.0]
    slots = Slots(4, wait_s=60, clock=lambda: now[0])
    end = asyncio.Event()
    async with slots.hold("other", "o"):
        pass
    waiting = [asyncio.create_task(_hold(slots, "t.a", [], end)) for _ in range(3)]
    await asyncio.sleep(0)
    assert (slots.running, slots.queued) == (2, 1)
    now[0] += SEEN_SECONDS + 1  # the other has not called for a while
    waiting.append(asyncio.create_task(_hold(slots, "t.a", [], end)))
    await asyncio.sleep(0)
    assert (slots.running, slots.queued) == (4, 0)
    end.set()
    await asyncio.gather(*waiting)


@pytest.mark.asyncio
async def test_cancelling_who_waits_loses_no_slot() -> None:
    slots = Slots(2, wait_s=60, queue=6)
    for spread in range(50):
        names = [f"{number % 3}.{number % 4}" for number in range(12)]
        tasks = [asyncio.create_task(_hold(slots, name, [])) for name in names]
        for _ in range(spread % 4):
            await asyncio.sleep(0)
        for task in tasks[spread % 2 :: 2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert (slots.running, slots.queued) == (0, 0)
    async with asyncio.timeout(10), slots.hold("0", "a"), slots.hold("1", "b"):
        pass


@pytest.mark.asyncio
async def test_a_slot_that_comes_with_the_cancellation_is_passed_on() -> None:
    slots = Slots(1, wait_s=60)
    order: list[str] = []
    async with slots.hold("t", "z"):
        first, second = await _arrive(slots, ["t.a", "t.b"], order)
    first.cancel()  # the slot is its own already, but it has not run yet
    await asyncio.gather(first, second, return_exceptions=True)
    assert first.cancelled()
    assert order == ["t.b"]
    assert (slots.running, slots.queued) == (0, 0)


@pytest.mark.asyncio
async def test_who_is_cancelled_in_the_moment_of_being_turned_away_leaves_room() -> None:
    slots = Slots(1, wait_s=60, queue=2)
    order: list[str] = []
    async with slots.hold("t", "z"):
        first, second = await _arrive(slots, ["t.a", "t.a"], order)
        third = asyncio.create_task(_hold(slots, "u.x", order))
        second.cancel()  # it is in the queue until it runs again, which is after the third
        await asyncio.sleep(0)
    await asyncio.gather(first, second, third, return_exceptions=True)
    assert second.cancelled()
    assert order == ["t.a", "u.x"]
    assert (slots.running, slots.queued) == (0, 0)


@pytest.mark.asyncio
async def test_a_call_that_fails_gives_its_slot_back() -> None:
    slots = Slots(1, wait_s=60)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with slots.hold("t", "a"):
                raise ZeroDivisionError
    assert slots.running == 0


async def _arrive(slots: Slots, names: Iterable[str], order: list[str]) -> list[asyncio.Task[None]]:
    tasks = []
    for name in names:
        tasks.append(asyncio.create_task(_hold(slots, name, order)))
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def _hold(slots: Slots, name: str, order: list[str] | None = None, end: asyncio.Event | None = None) -> None:
    """Hold a slot as `tenant.principal`, until `end` where there is one."""
    tenant, _, principal = name.rpartition(".")
    async with slots.hold(tenant or "t", principal):
        if order is not None:
            order.append(name)
        await (end.wait() if end is not None else asyncio.sleep(0))
