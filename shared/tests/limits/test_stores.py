"""Both stores: what they promise, that they agree, that memory is bounded and that processes share Redis."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.limits.memory import MemoryStore
from mcp_chassis.limits.meters import (
    DAY_US,
    Meter,
    Store,
    StoreDown,
    Verdict,
    advance_count,
    advance_day,
    advance_tat,
)
from mcp_chassis.limits.shared import RedisStore

S = 1_000_000
SCRIPT = files("mcp_chassis.limits").joinpath("take.lua").read_text()
BOTH = pytest.mark.parametrize("kind", ["memory", "redis"])


@asynccontextmanager
async def store_of(kind: str, url: str) -> AsyncIterator[Store]:
    if kind == "memory":
        yield MemoryStore()
        return
    store = RedisStore(url, "test", timeout_s=10)
    try:
        yield store
    finally:
        await store.close()


@BOTH
@pytest.mark.asyncio
async def test_a_burst_passes_and_the_next_call_waits(kind: str, redis_url: str) -> None:
    rate = Meter("rate", "a", 100 * S, 3)
    async with store_of(kind, redis_url) as store:
        assert [(await store.take([rate])).refused for _ in range(5)] == [None, None, None, 0, 0]
        refused = await store.take([rate])
        assert 0 < refused.wait_us <= 100 * S
        assert (await store.take([Meter("rate", "b", 100 * S, 3)])).refused is None  # another key, another count


@BOTH
@pytest.mark.asyncio
async def test_a_call_that_is_refused_spends_nothing(kind: str, redis_url: str) -> None:
    ample, narrow = Meter("rate", "ample", 100 * S, 3), Meter("day", "narrow", 0, 1)
    repeats = Meter("repeat", "same", 100 * S, 0)
    async with store_of(kind, redis_url) as store:
        verdicts = [await store.take([ample, narrow, repeats]) for _ in range(6)]
        assert [verdict.refused for verdict in verdicts] == [None, 1, 1, 1, 1, 1]
        assert [(await store.take([ample])).refused for _ in range(3)] == [None, None, 0]
        assert (await store.take([repeats])).repeats == 2


@BOTH
@pytest.mark.asyncio
async def test_of_several_that_refuse_the_longest_wait_is_told(kind: str, redis_url: str) -> None:
    meters = [Meter("rate", "short", 10 * S, 1), Meter("rate", "long", 1000 * S, 1), Meter("rate", "mid", 100 * S, 1)]
    async with store_of(kind, redis_url) as store:
        await store.take(meters)
        refused = await store.take(meters)
    assert refused.refused == 1
    assert refused.wait_us > 900 * S


@BOTH
@pytest.mark.asyncio
async def test_repeats_are_counted_and_then_refused(kind: str, redis_url: str) -> None:
    same = Meter("repeat", "same", 1000 * S, 3)
    async with store_of(kind, redis_url) as store:
        verdicts = [await store.take([same]) for _ in range(5)]
    assert [(verdict.repeats, verdict.refused) for verdict in verdicts] == [
        (1, None), (2, None), (3, None), (4, 0), (4, 0)
    ]  # fmt: skip


@BOTH
@pytest.mark.asyncio
async def test_one_name_counts_apart_for_each_kind(kind: str, redis_url: str) -> None:
    async with store_of(kind, redis_url) as store:
        for _ in range(2):
            meters = [Meter("rate", "k", 1000 * S, 2), Meter("day", "k", 0, 2), Meter("repeat", "k", 1000 * S, 2)]
            assert (await store.take(meters)).refused is None


@pytest.mark.asyncio
async def test_the_quota_of_a_day_is_renewed_at_midnight_utc() -> None:
    wall = [5 * 86_400.0 - 2]
    store = MemoryStore(clock=lambda: wall[0] - 1_000, wall=lambda: wall[0])
    day = Meter("day", "a", 0, 2)
    assert [(await store.take([day])).wait_us for _ in range(3)] == [0, 0, 2 * S]
    wall[0] += 2
    assert [(await store.take([day])).wait_us for _ in range(3)] == [0, 0, DAY_US]


@pytest.mark.asyncio
async def test_a_million_principals_take_no_more_room_than_the_table_has() -> None:
    store = MemoryStore(most_keys=1_000)
    for number in range(1_000_000):
        await store.take([Meter("rate", str(number), S * 1_000, 5)])
    assert len(store.tables["rate"]) == 1_000


@pytest.mark.asyncio
async def test_who_goes_on_calling_is_not_forgotten_for_others() -> None:
    store = MemoryStore(most_keys=100)
    for number in range(10_000):
        verdict = await store.take([Meter("rate", "busy", 1_000 * S, 1)])
        assert (verdict.refused is None) == (number == 0)
        await store.take([Meter("rate", str(number), 1_000 * S, 1)])
        await store.take([Meter("repeat", str(number), 1_000 * S, 0)])


@pytest.mark.asyncio
async def test_what_has_expired_makes_room_before_it_must() -> None:
    now = [0.0]
    store = MemoryStore(clock=lambda: now[0])
    for number in range(1_000):
        now[0] += 1
        await store.take([Meter("rate", str(number), S * 10, 1)])
    assert len(store.tables["rate"]) < 20


METERS = st.builds(
    lambda kind, key, pace, size: Meter(kind, key, 0 if kind == "day" else pace, size),
    st.sampled_from(["rate", "day", "repeat"]),
    st.sampled_from("ab"),
    st.sampled_from([1, 7, 333_334, S, 60 * S, DAY_US]),
    st.integers(1, 4),
)


ADVANCE: dict[str, Callable[[Any, int, Meter], tuple[Any, int]]] = {
    "rate": lambda counted, now, meter: advance_tat(counted, now, meter.pace, meter.size),
    "day": lambda counted, now, meter: advance_day(counted, now, meter.size),
    "repeat": lambda counted, now, meter: advance_count(counted, now, meter.pace, meter.size),
}


def expected(counts: dict[str, Any], meters: list[Meter], now: int) -> Verdict:
    """What the arithmetic in Python says, of counts that are never forgotten."""
    advanced = [ADVANCE[meter.kind](counts.get(meter.kind + meter.key), now, meter) for meter in meters]
    repeats = [value[1] for meter, (value, _) in zip(meters, advanced, strict=True) if meter.kind == "repeat"]
    waits = [wait for _, wait in advanced]
    if longest := max(waits):
        return Verdict(waits.index(longest), longest, (repeats or [0])[-1])
    counts |= {meter.kind + meter.key: value for meter, (value, _) in zip(meters, advanced, strict=True)}
    return Verdict(repeats=(repeats or [0])[-1])


def test_the_script_does_the_same_arithmetic(redis_url: str) -> None:
    loop = asyncio.new_event_loop()
    store = RedisStore(redis_url, "test", timeout_s=10)
    # The same script by a clock of ours, its first argument; what it stores does not expire by that of Redis.
    text, clocks = re.subn(re.escape("redis.call('TIME')"), "{0, tonumber(table.remove(ARGV, 1))}", SCRIPT)
    text, expiries = re.subn(r", 'PX', .*\)", ")", text)
    assert (clocks, expiries) == (1, 1)
    clocked = store._redis.register_script(text)

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        start=st.integers(10**15, 2 * 10**15),
        calls=st.lists(st.tuples(st.integers(-S, 90 * S), st.lists(METERS, min_size=1, max_size=4)), max_size=25),
    )
    def hold(start: int, calls: list[tuple[int, list[Meter]]]) -> None:
        loop.run_until_complete(compare(start, calls))

    async def compare(start: int, calls: list[tuple[int, list[Meter]]]) -> None:
        await store._redis.flushall()
        now, counts = start, dict[str, Any]()
        for pause, meters in calls:
            now += pause
            unique = list({(meter.kind, meter.key): meter for meter in meters}.values())
            keys = [f"{meter.kind}:{meter.key}" for meter in unique]
            numbers = [part for meter in unique for part in (meter.kind, meter.pace, meter.size)]
            refused, wait, repeats = await clocked(keys, [now, *numbers])
            assert Verdict(refused - 1 if refused else None, wait, repeats) == expected(counts, unique, now)

    try:
        hold()
    finally:
        loop.run_until_complete(store.close())
        loop.close()


CALLER = """
import asyncio, json, sys
from mcp_chassis.limits.meters import Meter
from mcp_chassis.limits.shared import RedisStore

async def main():
    store = RedisStore(sys.argv[1], "test", timeout_s=10)
    await store.probe()
    print("ready", flush=True)
    sys.stdin.readline()
    meters = [Meter("rate", "shared", 3_600_000_000, 50), Meter("day", "other", 0, 1_000)]
    verdicts = await asyncio.gather(*(store.take(meters) for _ in range(200)))
    await store.close()
    print(sum(verdict.refused is None for verdict in verdicts))

asyncio.run(main())
"""


def test_two_processes_share_one_limit(redis_url: str) -> None:
    command = [sys.executable, "-c", CALLER, redis_url]
    callers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for caller in callers:
        assert caller.stdout.readline() == "ready\n"
    for caller in callers:
        caller.stdin.write("go\n")
        caller.stdin.flush()
    passed = [int(caller.communicate(timeout=60)[0]) for caller in callers]
    assert sum(passed) == 50


@pytest.mark.asyncio
async def test_redis_keeps_no_key_longer_than_it_counts(redis_url: str) -> None:
    store = RedisStore(redis_url, "test", timeout_s=10)
    await store.take([Meter("rate", "a", 2 * S, 5), Meter("day", "b", 0, 5), Meter("repeat", "c", 30 * S, 0)])
    lives = {key.decode(): await store._redis.pttl(key) for key in await store._redis.keys()}
    await store.close()
    bounds = {"rate:a": 2_000, "day:b": 86_400_000, "repeat:c": 30_000}
    assert {name.split(":", 4)[4] for name in lives} == set(bounds)
    for name, life in lives.items():
        assert name.startswith("mcp:{test}:limits:1:")
        assert 0 < life <= bounds[name.split(":", 4)[4]]


@pytest.mark.asyncio
async def test_a_cancelled_call_leaves_the_connection_in_order(redis_url: str) -> None:
    store = RedisStore(redis_url, "test", timeout_s=10)
    outcomes: Counter[str] = Counter()
    for number in range(200):
        same = Meter("repeat", str(number), 1000 * S, 0)
        task = asyncio.create_task(store.take([same]))
        for _ in range(number % 9):
            await asyncio.sleep(0)
        task.cancel()
        outcomes.update(["cancelled" if await _was_cancelled(task) else "done"])
        # An answer that was left on the wire would be taken for this one's.
        assert (await store.take([Meter("rate", f"r{number}", S, 1)])).repeats == 0
    await store.close()
    assert outcomes["cancelled"] > 0


async def _was_cancelled(task: asyncio.Task[Any]) -> bool:
    await asyncio.wait([task])
    return task.cancelled()


@pytest.mark.asyncio
async def test_more_calls_than_connections_wait_for_one(redis_url: str) -> None:
    store = RedisStore(redis_url, "test", timeout_s=10)
    verdicts = await asyncio.gather(*(store.take([Meter("repeat", "k", 1000 * S, 0)]) for _ in range(300)))
    await store.close()
    assert sorted(verdict.repeats for verdict in verdicts) == list(range(1, 301))


@pytest.mark.asyncio
async def test_a_script_that_redis_forgot_is_sent_again(redis_url: str) -> None:
    store = RedisStore(redis_url, "test", timeout_s=10)
    same = Meter("repeat", "k", 1000 * S, 0)
    await store.take([same])
    await store._redis.script_flush()
    assert (await store.take([same])).repeats == 2
    await store.close()


@pytest.mark.parametrize(
    ("setting", "meters"),
    [("maxmemory", [Meter("rate", "k", S, 1)]), ("password", [Meter("rate", "k", S, 1)])],
)
@pytest.mark.asyncio
async def test_a_redis_that_refuses_counts_as_down(redis_url: str, setting: str, meters: list[Meter]) -> None:
    store = RedisStore(redis_url, "test", timeout_s=10)
    if setting == "maxmemory":
        await store._redis.config_set("maxmemory", "1")
    else:
        await store._redis.config_set("requirepass", "swordfish")
        await store._redis.connection_pool.disconnect()
    with pytest.raises(StoreDown) as down:
        await store.take(meters)
    assert "swordfish" not in str(down.value)
    await store.close()


@pytest.mark.asyncio
async def test_a_redis_that_hangs_is_given_up(redis_url: str) -> None:
    store = RedisStore(redis_url, "test", timeout_s=0.05)
    await store.probe()
    await store._redis.client_pause(1_000)
    with pytest.raises(StoreDown):
        await store.take([Meter("rate", "k", S, 1)])
    await store.close()


@pytest.mark.parametrize("url", ["redis://host:port/0", "redis://localhost:99999999/0?nonsense=1"])
def test_a_url_that_is_none_is_a_fault(url: str) -> None:
    with pytest.raises(ConfigurationError, match="MCP_REDIS_URL"):
        RedisStore(url, "test")


def test_valkey_urls_are_those_of_redis(redis_url: str) -> None:
    store = RedisStore("valkey://user:secret@localhost:7000/3", "test")
    assert store._redis.connection_pool.connection_kwargs["port"] == 7000
    assert json.dumps(store._redis.connection_pool.connection_kwargs["db"]) == "3"
