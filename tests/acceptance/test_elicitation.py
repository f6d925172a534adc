"""A tool asks the person at the client in the middle of a call: over stdio, in both eras, with the SDK's client."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.session import ClientRequestContext
from mcp_types import CallToolResult, ElicitRequestParams, ElicitResult, ErrorData, TextContent

FIXTURE = Path(__file__).parent.parent / "conformance" / "fixture.py"
ERAS = ("legacy", "2026-07-28")
ADA: dict[str, Any] = {"username": "Ada", "email": "ada@example.org"}


@dataclass
class Person:
    """Answers what is asked, in order, and remembers the questions."""

    answers: list[ElicitResult | ErrorData]
    asked: list[ElicitRequestParams] = field(default_factory=list)

    async def __call__(self, context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult | ErrorData:
        """Answer the next question."""
        self.asked.append(params)
        return self.answers.pop(0)


def accept(**content: Any) -> ElicitResult:
    """The form, filled in."""
    return ElicitResult(action="accept", content=content)


DECLINE = ElicitResult(action="decline")
CANCEL = ElicitResult(action="cancel")


@asynccontextmanager
async def connected(era: str, home: Path, person: Person | None) -> AsyncIterator[Client]:
    """The fixture as a subprocess over stdio."""
    server = StdioServerParameters(command=sys.executable, args=[str(FIXTURE)], env={"HOME": str(home)}, cwd=home)
    async with Client(server, mode=era, elicitation_callback=person, read_timeout_seconds=30) as client:
        yield client


def text(result: CallToolResult) -> str:
    """What the model reads."""
    [block] = result.content
    assert isinstance(block, TextContent)
    return block.text


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_the_answer_of_the_person_reaches_the_tool(era: str, tmp_path: Path) -> None:
    cases: list[tuple[str, dict[str, Any], list[ElicitResult | ErrorData], str]] = [
        ("test_elicitation", {"message": "Who?"}, [accept(**ADA)], "Answer: Ada <ada@example.org>"),
        ("test_elicitation", {"message": "Who?"}, [DECLINE], "No answer."),
        ("test_elicitation", {"message": "Who?"}, [CANCEL], "No answer."),
        ("test_two_questions", {}, [accept(**ADA), accept(ok=True)], "Ada: True"),
        ("test_two_questions", {}, [accept(**ADA), DECLINE], "Ada: False"),
        ("test_streaming_elicitation", {}, [accept(ok=False)], "Stopped."),
    ]
    person = Person([])
    async with connected(era, tmp_path, person) as client:
        for tool, arguments, answers, expected in cases:
            person.answers = list(answers)
            result = await client.call_tool(tool, arguments)
            assert (result.is_error, text(result), person.answers) == (False, expected, [])
    assert person.asked[0].message == "Who?"


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_the_form_has_the_defaults_of_the_model(era: str, tmp_path: Path) -> None:
    person = Person([accept(name="Grace")])
    async with connected(era, tmp_path, person) as client:
        result = await client.call_tool("test_elicitation_sep1034_defaults", {})

    form = person.asked[0].model_dump(by_alias=True)["requestedSchema"]["properties"]
    defaults = {name: spec["default"] for name, spec in form.items()}
    assert defaults == {"name": "John Doe", "age": 30, "score": 95.5, "status": "active", "verified": True}
    assert '"name":"Grace","age":30' in text(result)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_a_client_that_cannot_ask_is_told_so(era: str, tmp_path: Path) -> None:
    async with connected(era, tmp_path, None) as client:
        asked = await client.call_tool("test_elicitation", {"message": "Who?"})

    assert asked.is_error
    assert text(asked).startswith("This call needs an answer of a person, and your client cannot ask for one.")
    assert "[approval_required, " in text(asked)


@pytest.mark.asyncio
async def test_an_older_client_whose_form_fails_or_does_not_fit_gets_an_error_of_ours(tmp_path: Path) -> None:
    person = Person([ErrorData(code=-32000, message="the window was closed"), accept(username=7)])
    async with connected("legacy", tmp_path, person) as client:
        failed = await client.call_tool("test_elicitation", {"message": "Who?"})
        unfit = await client.call_tool("test_elicitation", {"message": "Who?"})
        rounds = await client.call_tool("test_input_required_result_elicitation", {})

    assert "[approval_required, " in text(failed)
    assert "[invalid_arguments, " in text(unfit)
    assert "[approval_required, " in text(rounds)  # rounds are of the newer era


@pytest.mark.asyncio
async def test_a_newer_client_whose_answer_does_not_fit_is_asked_again(tmp_path: Path) -> None:
    person = Person([accept(username=7), accept(**ADA)])
    async with connected("2026-07-28", tmp_path, person) as client:
        result = await client.call_tool("test_elicitation", {"message": "Who?"})

    assert text(result) == "Answer: Ada <ada@example.org>"
    assert len(person.asked) == 2


@pytest.mark.asyncio
async def test_over_http_the_newer_era_asks_in_rounds_and_the_older_says_that_it_cannot(serve: Any) -> None:
    url = serve(sys.executable, str(FIXTURE)).url
    texts = []
    for era in ERAS:
        person = Person([accept(**ADA), accept(ok=True)])
        async with Client(url, mode=era, elicitation_callback=person, read_timeout_seconds=30) as client:
            texts.append(text(await client.call_tool("test_two_questions", {})))

    assert "[approval_required, " in texts[0]
    assert texts[1] == "Ada: True"
