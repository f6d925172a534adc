"""What may become a name, and how one is shown."""

from __future__ import annotations

import re

import pytest
from confined_tree import FILES, LINKS, LONG, NOT_UTF8
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.confine import check_new_name, shown
from mcp_chassis.confine.errors import Refused
from mcp_chassis.confine.names import parts

BYTES = st.text(st.characters(exclude_categories=["Cs"])) | st.binary().map(
    lambda raw: raw.decode("utf-8", "surrogateescape")
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("note.txt", "note.txt"),
        ("a b/c d.txt", "a b/c d.txt"),
        ("日本語 café 👩\u200d💻", "日本語 café 👩\u200d💻"),
        ("screen\u202fshot", "screen\u202fshot"),
        ("trail ", "trail "),
        ("back\\slash", "back\\slash"),
        ('it\'s "so"', 'it\'s "so"'),
        ("", ""),
        ("two\n[FILE] forged", '"two\\n[FILE] forged"'),
        ("cr\r", '"cr\\r"'),
        ("tab\t", '"tab\\t"'),
        ("nul\0", '"nul\\u0000"'),
        ("esc\x1b[2J", '"esc\\u001b[2J"'),
        ("del\x7f", '"del\\u007f"'),
        ("next line\x85", '"next line\\u0085"'),
        ("line\u2028separator\u2029", '"line\\u2028separator\\u2029"'),
        ("right\u202eto left", '"right\\u202eto left"'),
        (NOT_UTF8, '"caf\\xe9.txt"'),
        ("both \\n and \n", '"both \\\\n and \\n"'),
        ('"quoted"', '"\\"quoted\\""'),
        ('say "\n"', '"say \\"\\n\\""'),
    ],
)
def test_names_are_shown(name: str, expected: str) -> None:
    assert shown(name) == expected


@given(BYTES)
def test_a_shown_name_is_one_line_and_can_be_encoded(name: str) -> None:
    text = shown(name)
    assert len(f"{text}.".splitlines()) == 1
    assert text.encode().decode() == text
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", text)


@given(BYTES, BYTES)
def test_two_names_are_never_shown_alike(one: str, other: str) -> None:
    for first, second in ((one, other), (one, shown(one)), (one, one.replace("\n", "\\n")), (one, one + "\n")):
        assert (shown(first) == shown(second)) == (first == second)


@pytest.mark.parametrize(
    "name",
    [
        "note.txt", ".env", "..dots", "dots..", "a..b", "...", " lead", "trail ", " ", "AUX", "con", "NUL.txt", "COM1",
        "C:", "a:b", "a*b?", "a\\b", "-rf", "~", "dot.", "日本語", "e\u0301", "\u00e9", "👩\u200d💻",
        "screen\u202fshot", LONG, "é" * 127, NOT_UTF8, "\u200f\u05d0",
    ],
)  # fmt: skip
def test_ordinary_names_may_be_made(name: str) -> None:
    check_new_name(name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "must not be empty"),
        (".", "must not be empty"),
        ("..", "must not be empty"),
        ("a/b", "must not be empty"),
        ("/", "must not be empty"),
        ("a\0b", "control characters"),
        ("two\nlines", "control characters"),
        ("cr\r", "control characters"),
        ("tab\t", "control characters"),
        ("esc\x1b[2J", "control characters"),
        ("del\x7f", "control characters"),
        ("csi\x9b", "control characters"),
        ("line\u2028", "control characters"),
        ("n" * 256, "255 bytes"),
        ("é" * 128, "255 bytes"),
        ("👩" * 64, "255 bytes"),
        ("\ud800", "cannot be the name"),
    ],
)
def test_names_that_must_not_be_made(name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check_new_name(name)


def test_the_planted_names_are_ordinary_but_for_control_characters() -> None:
    refused = set()
    for path in FILES | LINKS:
        for name in path.split("/"):
            try:
                check_new_name(name)
            except Refused:
                refused.add(name)
    assert refused == {"two\nlines", "tab\there", "cr\rlf", "esc\x1b[31m", "bell\x07", "link\nline"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ([], True)),
        (".", ([], True)),
        ("./", ([], True)),
        ("a", (["a"], False)),
        ("a/", (["a"], True)),
        ("a/.", (["a"], True)),
        ("a//b", (["a", "b"], False)),
        ("./a/./b", (["a", "b"], False)),
        ("a/..", (["a", ".."], False)),
        ("a.", (["a."], False)),
        ("...", (["..."], False)),
        (" / ", ([" ", " "], False)),
    ],
)
def test_parts_of_a_path(path: str, expected: tuple[list[str], bool]) -> None:
    assert parts(path) == expected
