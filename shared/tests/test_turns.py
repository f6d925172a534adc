"""Turns: few requests in work at a time, in turn, and none of it lost."""

from __future__ import annotations

import asyncio

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.turns import AT_A_TIME, AT_A_TIME_WITH_REDIS, Turns, end_turn


def caller(name: str) -> Principal:
    tenant, _, subject = name.partition(".")
    return Principal(subject, "api-key", tenant=tenant)


async def work(turns: Turns, name: str, done: list[str]) -> None:
    with await turns.take(caller(name)):
        done.append(name)


@pytest.mark.parametrize(("redis", "size"), [(False, AT_A_TIME), (True, AT_A_TIME_WITH_REDIS)])
@pytest.mark.asyncio
async def test_only_a_few_are_in_work_at_a_time(redis: bool, size: int) -> None:
    turns, end, begun = Turns(redis=redis), asyncio.Event(), []

    async def slow(number: int) -> None:
        with await turns.take(caller("t.a")):
            begun.append(number)
            await end.wait()

    tasks = [asyncio.create_task(slow(number)) for number in range(50)]
    await asyncio.sleep(0)
    assert len(begun) == size
    end.set()
    await asyncio.gather(*tasks)
    assert begun == list(range(50))


@pytest.mark.asyncio
async def test_a_flood_puts_no_more_than_a_few_before_another_caller() -> None:
    turns, done = Turns(), list[str]()
    flood = [asyncio.create_task(work(turns, "flood.x", done)) for _ in range(100)]
    await asyncio.sleep(0)
    await asyncio.gather(asyncio.create_task(work(turns, "quiet.y", done)), *flood)
    assert done.index("quiet.y") <= 2 * AT_A_TIME
    assert len(done) == 101


@pytest.mark.asyncio
async def test_the_loop_looks_around_between_turns_that_never_wait() -> None:
    turns, done, looks = Turns(), list[str](), 0

    async def look_around() -> None:
        nonlocal looks
        while len(done) < 100:
            looks += 1
            await asyncio.sleep(0)

    looking = asyncio.create_task(look_around())
    await asyncio.gather(*(work(turns, "t.a", done) for _ in range(100)))
    await looking
    assert looks >= 100 / AT_A_TIME


@pytest.mark.asyncio
async def test_a_turn_that_has_ended_is_the_next_ones() -> None:
    turns, begun, end = Turns(), list[int](), asyncio.Event()

    async def waits_elsewhere(number: int) -> None:
        with await turns.take(caller("t.a")):
            begun.append(number)
            end_turn()
            end_turn()  # a second time is nothing
            await end.wait()

    tasks = [asyncio.create_task(waits_elsewhere(number)) for number in range(50)]
    async with asyncio.timeout(30):
        while len(begun) < 50:
            await asyncio.sleep(0)
    end.set()
    await asyncio.gather(*tasks)


@pytest.mark.asyncio
async def test_cancelling_loses_no_turn() -> None:
    turns, done = Turns(), list[str]()
    for spread in range(40):
        tasks = [asyncio.create_task(work(turns, f"{number % 3}.a", done)) for number in range(12)]
        for _ in range(spread % 5):
            await asyncio.sleep(0)
        for task in tasks[spread % 2 :: 2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(10):
        await asyncio.gather(*(work(turns, "t.a", done) for _ in range(50)))


def test_outside_of_a_turn_there_is_none_to_end() -> None:
    end_turn()
