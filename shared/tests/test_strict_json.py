"""The strict reader as tables, and against everything that Hypothesis can think of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.strict_json import INVALID_REQUEST, MAX_DEPTH, PARSE_ERROR, Fault, Message, read


def request(params: str, request_id: str = "7") -> bytes:
    return f'{{"jsonrpc":"2.0","id":{request_id},"method":"tools/call","params":{params}}}'.encode()


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


REFUSED = {
    "NaN": (request('{"a":NaN}'), INVALID_REQUEST, 7),
    "Infinity": (request('{"a":[Infinity]}'), INVALID_REQUEST, 7),
    "minus Infinity": (request('{"a":-Infinity}'), INVALID_REQUEST, 7),
    "a double's overflow": (request('{"a":1e999}'), INVALID_REQUEST, 7),
    "a key twice": (request('{"a":1,"a":1}'), INVALID_REQUEST, 7),
    "a key twice by an escape": (request('{"a":1,"\\u0061":2}'), INVALID_REQUEST, 7),
    "a string id survives": (request('{"a":1,"a":2}', '"seven"'), INVALID_REQUEST, "seven"),
    "the method twice": (b'{"jsonrpc":"2.0","id":7,"method":"a","method":"b"}', INVALID_REQUEST, 7),
    "the id twice": (b'{"jsonrpc":"2.0","id":7,"id":8,"method":"a"}', INVALID_REQUEST, None),
    "a lone surrogate": (request('{"a":"\\ud83d"}'), INVALID_REQUEST, 7),
    "a lone surrogate in capitals": (request('{"a":"\\uDE00"}'), INVALID_REQUEST, 7),
    "a lone surrogate in a key": (request('{"\\udfff":1}'), INVALID_REQUEST, 7),
    "surrogates in the wrong order": (request('{"a":"\\ude00\\ud83d"}'), INVALID_REQUEST, 7),
    "a lone surrogate as the id": (request("{}", '"\\ud800"'), INVALID_REQUEST, None),
    "an integer without end": (request('{"a":' + "1" * 5000 + "}"), INVALID_REQUEST, 7),
    "too deep": (request('{"a":' + nested(MAX_DEPTH + 1) + "}"), INVALID_REQUEST, 7),
    "deeper than the parser": (request('{"a":' + nested(100_000) + "}"), INVALID_REQUEST, None),
    "not UTF-8": (request('{"a":"').replace(b'{"a":"', b'{"a":"\xff"}'), PARSE_ERROR, 7),
    "an encoded surrogate": (request('{"a":"?"}').replace(b"?", b"\xed\xa0\x80"), PARSE_ERROR, 7),
    "a byte order mark": (b"\xef\xbb\xbf" + request("{}"), PARSE_ERROR, None),
    "UTF-16": (request("{}").decode().encode("utf-16-le"), PARSE_ERROR, None),
    "nothing": (b"", PARSE_ERROR, None),
    "half a message": (request("{}")[:-1], PARSE_ERROR, None),
    "two messages": (request("{}") + request("{}"), PARSE_ERROR, None),
    "a comma too many": (request('{"a":1,}'), PARSE_ERROR, None),
    "single quotes": (b"{'jsonrpc':'2.0'}", PARSE_ERROR, None),
    "a line break in a string": (request('{"a":"\n"}'), PARSE_ERROR, None),
    "a batch": (b"[" + request("{}") + b"]", INVALID_REQUEST, None),
    "a number": (b"7", INVALID_REQUEST, None),
    "null": (b"null", INVALID_REQUEST, None),
    "an empty object": (b"{}", INVALID_REQUEST, None),
    "no version": (b'{"id":7,"method":"a"}', INVALID_REQUEST, 7),
    "another version": (b'{"jsonrpc":"1.0","id":7,"method":"a"}', INVALID_REQUEST, 7),
    "a null id": (request("{}", "null"), INVALID_REQUEST, None),
    "a fraction as the id": (request("{}", "7.0"), INVALID_REQUEST, None),
    "a truth as the id": (request("{}", "true"), INVALID_REQUEST, None),
    "an object as the id": (request("{}", '{"a":1}'), INVALID_REQUEST, None),
    "a number as the method": (b'{"jsonrpc":"2.0","id":7,"method":7}', INVALID_REQUEST, 7),
    "params in a list": (request("[1]"), INVALID_REQUEST, 7),
    "params in a string": (request('"a"'), INVALID_REQUEST, 7),
    "request and response": (b'{"jsonrpc":"2.0","id":7,"method":"a","result":{}}', INVALID_REQUEST, 7),
    "result and error": (b'{"jsonrpc":"2.0","id":7,"result":{},"error":{}}', INVALID_REQUEST, None),
    "a response without an id": (b'{"jsonrpc":"2.0","result":{}}', INVALID_REQUEST, None),
    # A refused response must not look like the answer to a request of that id.
    "a response with NaN": (b'{"jsonrpc":"2.0","id":7,"result":{"a":NaN}}', INVALID_REQUEST, None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_strict_json_is_refused_with_the_id_where_it_can_be_told(name: str) -> None:
    raw, code, request_id = REFUSED[name]
    fault = read(raw)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.id) == (code, request_id)
    answer = json.loads(fault.encode())
    assert answer == {"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": fault.message}}


ACCEPTED = {
    "a request": (request("{}"), "tools/call", 7, False),
    "a string id": (request("{}", '"é7"'), "tools/call", "é7", False),
    "no params": (b'{"jsonrpc":"2.0","id":0,"method":"ping"}', "ping", 0, False),
    "null params": (request("null"), "tools/call", 7, False),
    "white space": (b'\r\n\t {"jsonrpc":"2.0","id":0,"method":"ping"} \r', "ping", 0, False),
    "a notification": (
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
        "notifications/initialized",
        None,
        False,
    ),
    "a result": (b'{"jsonrpc":"2.0","id":1,"result":{}}', None, 1, False),
    "an error": (b'{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}', None, 1, False),
    "a pair of surrogates": (request('{"a":"\\ud83d\\ude00"}'), "tools/call", 7, False),
    "an escaped backslash before ud800": (request('{"a":"\\\\ud800"}'), "tools/call", 7, False),
    "as deep as allowed": (request('{"a":' + nested(MAX_DEPTH - 2) + "}"), "tools/call", 7, False),
    "wide and not deep": (request('{"a":[' + ",".join(["[]"] * 500) + "]}"), "tools/call", 7, False),
    "a long integer": (request('{"a":' + "9" * 300 + "}"), "tools/call", 7, False),
    "an underflow": (request('{"a":1e-999}'), "tools/call", 7, False),
    "a progress token": (request('{"_meta":{"progressToken":"t"}}'), "tools/call", 7, True),
    "a progress token of 0": (request('{"_meta":{"progressToken":0}}'), "tools/call", 7, True),
    "a null progress token": (request('{"_meta":{"progressToken":null}}'), "tools/call", 7, False),
    "a token elsewhere": (request('{"arguments":{"_meta":{"progressToken":1}}}'), "tools/call", 7, False),
    "_meta that is no object": (request('{"_meta":[]}'), "tools/call", 7, False),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_a_message_passes_and_is_described(name: str) -> None:
    raw, method, request_id, progress = ACCEPTED[name]
    message = read(raw)
    assert isinstance(message, Message)
    assert (message.method, message.id, message.progress) == (method, request_id, progress)
    assert message.body == json.loads(raw)


@pytest.mark.parametrize("secret", ["hunter2", "hünter"])
@pytest.mark.parametrize("frame", ['{"a":"%s","a":1}', '{"a":"%s\\ud800"}', '{"%s":NaN}', '["%s"]', '{"a":"%s"'])
def test_a_refusal_repeats_nothing_of_the_message(frame: str, secret: str) -> None:
    fault = read(request(frame % secret))
    assert isinstance(fault, Fault)
    assert secret not in fault.message


WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(WORDS, VALUES, max_size=4)
IDS = st.integers() | WORDS
MESSAGES = st.one_of(
    st.fixed_dictionaries({"id": IDS, "method": WORDS}, optional={"params": OBJECTS}),
    st.fixed_dictionaries({"method": WORDS}, optional={"params": OBJECTS}),
    st.fixed_dictionaries({"id": IDS, "result": OBJECTS}),
    st.fixed_dictionaries({"id": IDS, "error": OBJECTS}),
).map(lambda body: {"jsonrpc": "2.0", **body})


@given(MESSAGES, st.booleans())
def test_every_json_rpc_message_passes_unchanged(body: dict[str, Any], escaped: bool) -> None:
    message = read(json.dumps(body, ensure_ascii=escaped).encode())
    assert isinstance(message, Message)
    assert message.body == body
    assert (message.method, message.id) == (body.get("method"), body.get("id"))


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_all_garbage_gets_an_answer_in_one_line(raw: bytes) -> None:
    fault = read(raw)
    assert isinstance(fault, Fault)
    assert b"\n" not in fault.encode()
    assert json.loads(fault.encode())["error"]["code"] in (PARSE_ERROR, INVALID_REQUEST)


@given(MESSAGES, st.data())
def test_a_damaged_message_is_read_or_answered(body: dict[str, Any], data: st.DataObject) -> None:
    raw = bytearray(json.dumps(body).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    outcome = read(bytes(raw))
    if isinstance(outcome, Fault):
        assert json.loads(outcome.encode())["id"] == outcome.id
