"""The database server's part of the walk: `mcp-db-server --demo` and what an assistant does with it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NamedTuple

from examples.demo.client import Assistant, Failed, command, connect
from examples.demo.transcript import Transcript

__all__ = ["give_the_configuration", "walk"]

SERVER = "mcp-db-server"
USED = {"execute_query", "explain_query", "get_schema", "query_database"}


class Question(NamedTuple):
    """What a person asks, the call that answers it, and a value that the answer must begin with."""

    text: str
    tool: str
    arguments: dict[str, Any]
    first: Any


OUTGROWN = """
    WITH largest AS (
        SELECT DISTINCT ON (country_code) country_code, name, population
        FROM cities ORDER BY country_code, population DESC
    )
    SELECT country.name AS country, capital.capital, largest.name AS larger_city,
           largest.population / capital.population AS times_larger
    FROM largest
    JOIN capitals AS capital USING (country_code)
    JOIN countries AS country ON country.code = country_code
    WHERE country.population > $1 AND largest.name <> capital.capital
    ORDER BY times_larger DESC LIMIT 5
"""
FAR_NEIGHBOURS = """
    SELECT a.capital, a.country, b.capital AS capital_2, b.country AS country_2,
           distance_km(a.latitude, a.longitude, b.latitude, b.longitude)::int AS km
    FROM country_neighbours
    JOIN capitals AS a USING (country_code)
    JOIN capitals AS b ON b.country_code = neighbour_code
    WHERE a.country < b.country
    ORDER BY km DESC LIMIT 4
"""
QUESTIONS = (
    Question(
        "What are the largest cities of Norway, and what time zone do they keep?",
        "query_database",
        {
            "table": "cities",
            "columns": ["name", "population", "timezone"],
            "filters": {"country_code": "NO", "population": {"gte": 150_000}},
            "order_by": ["-population"],
            "limit": 4,
        },
        "Oslo",
    ),
    Question(
        "Which capitals are most outgrown by another city of their country? Only countries above 20 million.",
        "execute_query",
        {"query": OUTGROWN, "parameters": [20_000_000]},
        "India",
    ),
    Question(
        "Which countries share a border although their capitals are furthest apart?",
        "execute_query",
        {"query": FAR_NEIGHBOURS},
        "Pyongyang",
    ),
)
ATTACKS = (
    "SELECT pg_read_file('/etc/passwd')",
    "DELETE FROM cities",
    "WITH gone AS (DELETE FROM cities RETURNING *) SELECT count(*) FROM gone",
    "SELECT 1; DROP TABLE cities",
    "SELECT query_to_xml('DELETE FROM cities', true, true, '')",
)
HARMLESS = "SELECT 'Robert''); DROP TABLE students; --' AS name, 'delete from' AS note"
COUNT = "SELECT count(*) FROM cities"


async def walk(transcript: Transcript) -> None:
    """Show the server from its start to clients of both eras."""
    argv = [command(SERVER), "--demo"]
    transcript.chapter("The assistant starts the server")
    transcript.block(f"$ {SERVER} --demo", "cyan")
    first = "starting the server (its very first start makes the database)"
    async with connect(argv, "2026-07-28", transcript, first) as (assistant, seconds):
        await _greet(assistant, seconds, transcript)
        await _look_at_the_schema(assistant, transcript)
        await _ask(assistant, transcript)
        await _attack(assistant, transcript)
        await _err(assistant, transcript)
        new = await assistant.answer(QUESTIONS[0].tool, QUESTIONS[0].arguments, show=False)
    await _come_from_the_past(argv, new, transcript)


async def _greet(assistant: Assistant, seconds: float, transcript: Transcript) -> None:
    tools = (await assistant.client.list_tools()).tools
    for tool in tools:
        purpose = " ".join((tool.description or "").split()).partition(". ")[0].rstrip(".")
        transcript.item(f"{tool.name:<16}", purpose)
    names = sorted(tool.name for tool in tools)
    read_only = all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
    era = assistant.client.protocol_version
    said = f"ready after {seconds:.1f} s, speaking MCP {era}; {len(names)} tools, all of them read-only"
    transcript.check(set(names) >= USED and read_only and era == "2026-07-28", said)


async def _look_at_the_schema(assistant: Assistant, transcript: Transcript) -> None:
    transcript.chapter("It looks at what there is: names first, details where they matter")
    tables = (await assistant.answer("get_schema", {}))["tables"]
    rows = [
        (
            f"{table['schema']}.{table['name']}",
            table["kind"] if table["row_estimate"] is None else table["row_estimate"],
            table["description"],
        )
        for table in tables
    ]
    transcript.table(("table", "rows", "what it holds"), rows)
    transcript.check("world.cities" in {row[0] for row in rows}, "real places of the world, by GeoNames (CC BY 4.0)")
    found = await assistant.answer("get_schema", {"table_name": "world.cities", "detail": "full"})
    cities = found["tables"][0]
    columns = [(column["name"], column["type"], column.get("description")) for column in cities["columns"]]
    transcript.table(("column", "type", "what it means"), columns)
    keys, indexes = len(cities["foreign_keys"]), len(cities["indexes"])
    said = f"and beside them {keys} foreign keys, {indexes} indexes and sample values, to write the right query at once"
    transcript.check(bool(keys and indexes and all(meaning for *_, meaning in columns)), said)


async def _ask(assistant: Assistant, transcript: Transcript) -> None:
    transcript.chapter("Three questions, and how the assistant gets the answers")
    for question in QUESTIONS:
        transcript.question(question.text)
        answer = await assistant.answer(question.tool, question.arguments)
        show(answer, transcript)
        first = answer["rows"][0][0] if answer["rows"] else None
        said = f"{answer['row_count']} rows in {answer['elapsed_ms']:.1f} ms"
        transcript.check(first == question.first, said)
    plan = await assistant.answer("explain_query", {"query": "SELECT name FROM cities WHERE timezone = 'Europe/Oslo'"})
    transcript.say(" ".join([plan["summary"], *plan["warnings"]]))
    transcript.check("an index" in str(plan["warnings"]), "a query plan in plain words, without running the query")


async def _attack(assistant: Assistant, transcript: Transcript) -> None:
    transcript.chapter("Somebody talks the assistant into an attack: every one is refused, with the reason")
    before = (await assistant.answer("execute_query", {"query": COUNT}, show=False))["rows"]
    for attack in ATTACKS:
        refusal = await assistant.refusal("execute_query", {"query": attack})
        transcript.check(refusal is not None, f"refused: {refusal}" if refusal else "the server answered")
    transcript.say("")
    transcript.say("Words that only look like an attack are data, and come back as such:")
    show(await assistant.answer("execute_query", {"query": HARMLESS}), transcript)
    after = (await assistant.answer("execute_query", {"query": COUNT}, show=False))["rows"]
    transcript.check(before == after, f"all {int(after[0][0]):,} cities are still there")


async def _err(assistant: Assistant, transcript: Transcript) -> None:
    transcript.chapter("The assistant makes mistakes: the answer says what it should have written")
    mistakes: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("query_database", {"table": "citties", "limit": 3}, "cities"),
        ("query_database", {"table": "cities", "columns": ["name", "populaton"], "limit": 3}, "population"),
        ("execute_query", {"sql": "SELECT 1"}, "query"),
    )
    for tool, arguments, help_word in mistakes:
        refusal = await assistant.refusal(tool, arguments)
        transcript.check(help_word in (refusal or ""), refusal or "the server answered")


async def _come_from_the_past(argv: list[str], expected: dict[str, Any], transcript: Transcript) -> None:
    transcript.chapter("An older assistant connects: same server, the protocol's earlier handshake")
    async with connect(argv, "legacy", transcript) as (assistant, seconds):
        answer = await assistant.answer(QUESTIONS[0].tool, QUESTIONS[0].arguments)
        era = assistant.client.protocol_version
    same = answer["rows"] == expected["rows"]
    transcript.check(same and era < "2026", f"ready after {seconds:.1f} s, speaking MCP {era}; the same answer")


async def give_the_configuration(transcript: Transcript) -> None:
    """Show what to paste into a client."""
    transcript.chapter("Your turn: paste this into Claude Desktop's configuration and ask about the world")
    argv = [command(SERVER), "--print-config", "claude-desktop", "--demo"]
    process = await asyncio.create_subprocess_exec(*argv, stdout=asyncio.subprocess.PIPE)
    output = (await process.communicate())[0].decode()
    transcript.block(output)
    try:
        fine = process.returncode == 0 and bool(json.loads(output[output.index("{") : output.rindex("}") + 1]))
    except ValueError as error:
        raise Failed(f"--print-config gave no JSON: {error}") from error
    transcript.check(fine, "Cursor, VS Code, Claude Code: the same with `--print-config cursor|vscode|claude-code`")


def show(answer: dict[str, Any], transcript: Transcript) -> None:
    """A query's rows as a table; exact numbers arrive as strings and are shown as they are."""
    transcript.table([column["name"] for column in answer["columns"]], answer["rows"])
