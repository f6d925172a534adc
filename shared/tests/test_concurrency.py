"""Slots: a bounded queue, served in turn, that never loses a slot."""

from __future__ import annotations

import asyncio

import pytest
from mcp_chassis.concurrency import Slots
from mcp_chassis.errors import RateLimited


@pytest.mark.asyncio
async def test_a_full_queue_answers_at_once() -> None:
    slots = Slots(1, wait_s=60, queue=1)
    async with slots.hold("t", "a"):
        waiting = asyncio.create_task(_hold(slots, "a", []))
        await asyncio.sleep(0)
        with pytest.raises(RateLimited, match="queue is full"):
            await _hold(slots, "b", [])
    await waiting


@pytest.mark.asyncio
async def test_who_waits_too_long_is_told_to_come_back() -> None:
    slots = Slots(1, wait_s=0.01)
    async with slots.hold("t", "a"):
        with pytest.raises(RateLimited) as refused:
            await _hold(slots, "a", [])
    assert refused.value.retry_after_s == 0.01
    assert slots.queued == 0


@pytest.mark.asyncio
async def test_principals_are_served_in_turn() -> None:
    slots = Slots(1, wait_s=60, queue=10)
    served: list[str] = []
    async with slots.hold("t", "z"):
        tasks = [asyncio.create_task(_hold(slots, name, served)) for name in "aaabc"]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert served == ["a", "b", "c", "a", "a"]


@pytest.mark.asyncio
async def test_cancelling_who_waits_loses_no_slot() -> None:
    slots = Slots(2, wait_s=60, queue=100)
    for _ in range(50):
        tasks = [asyncio.create_task(_hold(slots, str(number % 3), [])) for number in range(8)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert slots.queued == 0
    async with asyncio.timeout(1), slots.hold("t", "a"), slots.hold("t", "b"):
        pass


async def _hold(slots: Slots, principal: str, served: list[str]) -> None:
    async with slots.hold("t", principal):
        served.append(principal)
        await asyncio.sleep(0)
