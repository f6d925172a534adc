"""A server on the chassis, with its whole chain on, that offers what the MCP conformance suite asks for by name.

The names, arguments and kinds of content are the suite's; run it like any server of ours, for example with
`python fixture.py --transport http --auth none --audit-dir DIR --port 0`.
"""

from __future__ import annotations

import asyncio
import base64
import io
import struct
import wave
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal, TypeVar

from mcp_chassis.call import Context, InputNeeded
from mcp_chassis.errors import Conflict, NotFound
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from mcp_types import (
    AudioContent,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    EmbeddedResource,
    ImageContent,
    ListRootsRequest,
    ListRootsResult,
    PromptMessage,
    SamplingMessage,
    TextContent,
    TextResourceContents,
)
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

AnswerT = TypeVar("AnswerT", ElicitResult, CreateMessageResult, ListRootsResult)
USE = {"suite:use"}


@asynccontextmanager
async def nothing(_: ChassisSettings) -> AsyncIterator[None]:
    """The fixture has no resources to open."""
    yield None


server = Server(
    name="mcp-conformance-fixture",
    title="Conformance fixture",
    version="1.0.0",
    instructions="Answers what the conformance suite asks; of no other use.",
    settings=ChassisSettings,
    lifespan=nothing,
    read_scopes=USE,
    subscriptions=True,
)


# -- content ---------------------------------------------------------------------------------------------------------


def png() -> bytes:
    """One red pixel: signature, header, data and end chunk (PNG, ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def wav() -> bytes:
    """A hundredth of a second of silence: mono, 8 kHz, 16 bit."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(160))
    return buffer.getvalue()


def text(value: str) -> TextContent:
    """A block of text."""
    return TextContent(type="text", text=value)


def image() -> ImageContent:
    """A block with the picture."""
    return ImageContent(type="image", data=base64.b64encode(png()).decode(), mime_type="image/png")


def embedded(uri: str, body: str, mime_type: str = "text/plain") -> EmbeddedResource:
    """A block with a resource in it."""
    return EmbeddedResource(type="resource", resource=TextResourceContents(uri=uri, mime_type=mime_type, text=body))


@server.tool(scopes=USE, read_only=True)
async def test_simple_text() -> str:
    """Answer with a sentence."""
    return "Plain words, as asked for."


@server.tool(scopes=USE, read_only=True)
async def test_image_content() -> ImageContent:
    """Answer with a picture."""
    return image()


@server.tool(scopes=USE, read_only=True)
async def test_audio_content() -> AudioContent:
    """Answer with a sound."""
    return AudioContent(type="audio", data=base64.b64encode(wav()).decode(), mime_type="audio/wav")


@server.tool(scopes=USE, read_only=True)
async def test_embedded_resource() -> EmbeddedResource:
    """Answer with a resource in the content."""
    return embedded("test://embedded-resource", "The body of a resource that came with the answer.")


@server.tool(scopes=USE, read_only=True)
async def test_multiple_content_types() -> list[TextContent | ImageContent | EmbeddedResource]:
    """Answer with blocks of several kinds."""
    return [
        text("Words, a picture and a resource:"),
        image(),
        embedded("test://mixed-content-resource", '{"kind":"mixed","number":7}', "application/json"),
    ]


@server.tool(scopes=USE, read_only=True)
async def test_error_handling() -> str:
    """Fail, always."""
    raise Conflict("This tool fails whenever it is called.")


@server.tool(scopes=USE, read_only=True)
async def test_tool_with_progress(ctx: Context[None]) -> str:
    """Report progress three times."""
    for done in (0, 50, 100):
        await ctx.progress(done, 100, f"{done} of 100")
        await asyncio.sleep(0.02)
    return "All steps done."


@server.tool(scopes=USE, read_only=True)
async def test_logging_tool() -> str:
    """Work without sending log messages, which this server never does."""
    return "Nothing was logged to the client."


class Region(TypedDict):
    """What a tool with a mirrored header got."""

    region: str


@server.tool(scopes=USE, read_only=True)
async def test_header_parameter(
    region: Annotated[str, Field(description="Also sent as a header.", json_schema_extra={"x-mcp-header": "Region"})],
) -> Region:
    """Say which region the caller named."""
    return {"region": region}


@server.tool(scopes={"suite:hidden"}, read_only=True)
async def test_hidden_tool() -> str:
    """Not listed to anyone who may only read."""
    return "You should not see this."


# -- asking the person at the client ---------------------------------------------------------------------------------


class Contact(BaseModel):
    """Who the person is."""

    username: str = Field(description="Your name")
    email: str = Field(description="Your address")


class Profile(BaseModel):
    """A form with a default of each primitive kind."""

    name: str = "John Doe"
    age: int = 30
    score: float = 95.5
    status: Literal["active", "inactive", "pending"] = "active"
    verified: bool = True


class Step(BaseModel):
    """One confirmation."""

    ok: bool = Field(description="Whether to go on")


@server.tool(scopes=USE, read_only=True)
async def test_elicitation(ctx: Context[None], message: str) -> str:
    """Ask who the person is."""
    contact = await ctx.ask("contact", message, Contact)
    return "No answer." if contact is None else f"Answer: {contact.username} <{contact.email}>"


@server.tool(scopes=USE, read_only=True)
async def test_elicitation_sep1034_defaults(ctx: Context[None]) -> str:
    """Ask with a form that has defaults."""
    profile = await ctx.ask("profile", "Please check your profile.", Profile)
    return "No answer." if profile is None else f"Answer: {profile.model_dump_json()}"


@server.tool(scopes=USE, read_only=True)
async def test_streaming_elicitation(ctx: Context[None]) -> str:
    """Report progress, then ask."""
    await ctx.progress(1, 2, "about to ask")
    answer = await ctx.ask("go_on", "Shall this go on?", Step)
    return "Stopped." if answer is None or not answer.ok else "Went on."


@server.tool(scopes=USE, read_only=True)
async def test_two_questions(ctx: Context[None]) -> str:
    """Ask twice; the first answer must last until the second."""
    first = await ctx.ask("contact", "Who are you?", Contact)
    if first is None:
        return "Nobody."
    second = await ctx.ask("confirm", f"Are you sure, {first.username}?", Step)
    return f"{first.username}: {second is not None and second.ok}"


# -- rounds ----------------------------------------------------------------------------------------------------------


def form(message: str, **fields: str) -> ElicitRequest:
    """A question with the given fields (name: JSON type), all of them required."""
    properties: dict[str, Any] = {name: {"type": kind} for name, kind in fields.items()}
    schema = {"type": "object", "properties": properties, "required": list(fields)}
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def completion(prompt: str) -> CreateMessageRequest:
    """A question to the client's model."""
    messages = [SamplingMessage(role="user", content=text(prompt))]
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=messages, max_tokens=100))


def answer(ctx: Context[None], key: str, kind: type[AnswerT]) -> AnswerT | None:
    """The client's answer to a question of an earlier round."""
    found = (ctx.channel.answers or {}).get(key)
    return found if isinstance(found, kind) else None


def field(result: ElicitResult, name: str) -> str:
    """What was filled into a field of a form."""
    return str((result.content or {}).get(name))


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_elicitation(ctx: Context[None]) -> str:
    """Ask for a name, then greet."""
    given = answer(ctx, "user_name", ElicitResult)
    if given is None:
        raise InputNeeded({"user_name": form("What are you called?", name="string")})
    return f"Good day, {field(given, 'name')}."


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_sampling(ctx: Context[None]) -> str:
    """Ask the client's model for a capital."""
    given = answer(ctx, "capital_question", CreateMessageResult)
    if given is None:
        raise InputNeeded({"capital_question": completion("Which city is the capital of France?")})
    return f"The model says: {given.content.text if isinstance(given.content, TextContent) else given.content.type}"


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_list_roots(ctx: Context[None]) -> str:
    """Ask the client for its roots."""
    given = answer(ctx, "client_roots", ListRootsResult)
    if given is None:
        raise InputNeeded({"client_roots": ListRootsRequest()})
    return "Roots: " + ", ".join(str(root.uri) for root in given.roots)


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_request_state(ctx: Context[None]) -> str:
    """Ask for a confirmation and find what was left for the next round."""
    if answer(ctx, "confirm", ElicitResult) is None:
        raise InputNeeded({"confirm": form("Please confirm.", ok="boolean")}, state="left by round 1")
    return "state-ok" if ctx.channel.state == "left by round 1" else "the state is not what was left"


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_tampered_state(ctx: Context[None]) -> str:
    """Ask for a confirmation under a state that nobody may change."""
    if answer(ctx, "confirm", ElicitResult) is None:
        raise InputNeeded({"confirm": form("Please confirm.", ok="boolean")}, state="must not be changed")
    return f"Confirmed under: {ctx.channel.state}"


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_multiple_inputs(ctx: Context[None]) -> str:
    """Ask three questions of different kinds at once."""
    name = answer(ctx, "user_name", ElicitResult)
    greeting = answer(ctx, "greeting", CreateMessageResult)
    roots = answer(ctx, "client_roots", ListRootsResult)
    if name is None or greeting is None or roots is None:
        questions = {
            "user_name": form("What are you called?", name="string"),
            "greeting": completion("Write a greeting."),
            "client_roots": ListRootsRequest(),
        }
        raise InputNeeded(questions, state="three questions")
    return f"{field(name, 'name')} has {len(roots.roots)} roots."


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_multi_round(ctx: Context[None]) -> str:
    """Ask for a name, then for a colour."""
    name = answer(ctx, "step1", ElicitResult)
    if ctx.channel.state is None or (ctx.channel.state == "asked for the name" and name is None):
        raise InputNeeded({"step1": form("First: what are you called?", name="string")}, state="asked for the name")
    if name is not None:
        question = form("Second: which colour do you like?", color="string")
        raise InputNeeded({"step2": question}, state=f"name={field(name, 'name')}")
    colour = answer(ctx, "step2", ElicitResult)
    return f"{ctx.channel.state}, colour={field(colour, 'color') if colour else None}"


@server.tool(scopes=USE, read_only=True)
async def test_input_required_result_capabilities(ctx: Context[None]) -> str:
    """Ask whom the client lets us ask: a person, or its model."""
    if answer(ctx, "person", ElicitResult) or answer(ctx, "model", CreateMessageResult):
        return "Answered."
    questions: dict[str, Any] = {}
    if "elicitation" in ctx.channel.asks:
        questions["person"] = form("Are you there?", ok="boolean")
    if "sampling" in ctx.channel.asks:
        questions["model"] = completion("Are you there?")
    if not questions:
        return "There is nobody to ask."
    raise InputNeeded(questions)


@server.tool(scopes=USE, read_only=True)
async def test_missing_capability(ctx: Context[None]) -> str:
    """Ask the client's model, whether or not the client lets us."""
    if answer(ctx, "model", CreateMessageResult) is None:
        raise InputNeeded({"model": completion("Are you there?")})
    return "The model is there."


# -- resources -------------------------------------------------------------------------------------------------------


@server.resource("test://static-text", scopes=USE)
async def static_text() -> str:
    """A text that never changes."""
    return "A text that never changes."


@server.resource("test://static-binary", scopes=USE, mime_type="image/png")
async def static_binary() -> bytes:
    """A picture that never changes."""
    return png()


@server.resource("test://watched-resource", scopes=USE)
async def watched_resource() -> str:
    """A resource to watch; `test_touch_watched_resource` says that it changed."""
    return "Watch this."


@server.resource("test://template/{id}/data", scopes=USE, mime_type="application/json")
async def template_data(id: str) -> dict[str, str]:  # noqa: A002 - the suite's name
    """Data of one id."""
    if id == "missing":
        raise NotFound("There are no data of this id.")
    return {"id": id, "data": f"what belongs to {id}"}


@server.tool(scopes=USE, read_only=False)
async def test_touch_watched_resource(ctx: Context[None]) -> str:
    """Tell whoever watches it that `test://watched-resource` has changed."""
    await ctx.updated("test://watched-resource")
    return "Told."


# -- prompts ---------------------------------------------------------------------------------------------------------


def says(content: TextContent | ImageContent | EmbeddedResource) -> PromptMessage:
    """A message of the user."""
    return PromptMessage(role="user", content=content)


@server.prompt(scopes=USE)
async def test_simple_prompt() -> str:
    """A prompt without arguments."""
    return "Say something simple."


@server.prompt(scopes=USE)
async def test_prompt_with_arguments(
    arg1: Annotated[str, Field(description="The first word")],
    arg2: Annotated[str, Field(description="The second word")],
) -> str:
    """A prompt with two arguments."""
    return f"Compare {arg1} with {arg2}."


@server.prompt(scopes=USE)
async def test_prompt_with_embedded_resource(
    resourceUri: Annotated[str, Field(description="What to embed")],  # noqa: N803 - the suite's name
) -> list[PromptMessage]:
    """A prompt with a resource in it."""
    return [says(embedded(resourceUri, "The body of the resource.")), says(text("Read the resource above."))]


@server.prompt(scopes=USE)
async def test_prompt_with_image() -> list[PromptMessage]:
    """A prompt with a picture in it."""
    return [says(image()), says(text("Look at the picture above."))]


@server.prompt(scopes=USE)
async def test_input_required_result_prompt(ctx: Context[None]) -> str:
    """A prompt that asks for its context first."""
    given = answer(ctx, "user_context", ElicitResult)
    if given is None:
        raise InputNeeded({"user_context": form("What is it about?", context="string")})
    return f"Write about {field(given, 'context')}."


@server.completion("test_prompt_with_arguments", scopes=USE)
async def complete_arguments(argument: str, value: str, resolved: dict[str, str]) -> list[str]:
    """The words that begin with what was typed, without the one already chosen."""
    words = ["paris", "park", "party", "test", "tester"]
    return [word for word in words if word.startswith(value) and word not in resolved.values()]


if __name__ == "__main__":
    server.run()
