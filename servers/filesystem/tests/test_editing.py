from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import InvalidArguments, TooLarge
from mcp_fs_server.editing import Edit, apply
from mcp_fs_server.texts import Text, decode


def edit(old: str, new: str, *, everywhere: bool = False) -> Edit:
    return Edit(oldText=old, newText=new, replaceAll=everywhere)


@pytest.mark.parametrize(
    ("content", "edits", "after", "replaced"),
    [
        ("a\nb\nc\n", [edit("b", "B")], "a\nB\nc\n", 1),
        ("a\nb\nc", [edit("c", "C")], "a\nb\nC", 1),  # no newline is added at the end
        ("abc", [edit("b", "")], "ac", 1),
        ("a b a", [edit("a", "x", everywhere=True)], "x b x", 2),
        ("aaa", [edit("aa", "b", everywhere=True)], "ba", 1),
        ("one two", [edit("one", "1"), edit("1 two", "12")], "12", 2),  # on the result of the one before
        ("a\r\nb\r\n", [edit("a\nb", "x\ny")], "x\r\ny\r\n", 1),
        ("a\r\nb\r\n", [edit("a", "x\ny")], "x\r\ny\r\nb\r\n", 1),  # a new line is like its neighbours
        ("a\r\nb\r\n", [edit("a\r\nb", "x\r\ny")], "x\r\ny\r\n", 1),
        ("a\nb\n", [edit("a\r\nb", "x\r\ny")], "x\ny\n", 1),
        ("a\r\nb\nc\r\nd\n", [edit("b\nc", "b\nX\nc")], "a\r\nb\nX\nc\r\nd\n", 1),
        ("a\r\nb\nc\r\n", [edit("a\nb\nc", "a\nB\nc")], "a\r\nB\nc\r\n", 1),  # both endings stay, lines around too
        ("a\r\nb\nc\r\n", [edit("a", "x", everywhere=True), edit("c", "z")], "x\r\nb\nz\r\n", 2),
        ("x\r\nx\nx\r\n", [edit("x\n", "", everywhere=True)], "", 3),
        ("a\rb\rc", [edit("a\nb", "x\ny\nz")], "x\ry\rz\rc", 1),  # a file of the old Mac
        ("a\rb\nc\n", [edit("a\rb", "x")], "x\nc\n", 1),  # in others a lone CR is a character
        ("one", [edit("one", "1\r\n2")], "1\r\n2", 1),  # no line break is there to be like
        ("\ta\n", [edit("\ta", "    a")], "    a\n", 1),
        ("$1 \\1 .*", [edit(".*", "\\g<0>$&")], "$1 \\1 \\g<0>$&", 1),  # nothing is a pattern
        ("é e\u0301", [edit("e\u0301", "x")], "é x", 1),  # NFC and NFD are different text
    ],
)
def test_an_edit_replaces_what_it_names(content: str, edits: list[Edit], after: str, replaced: int) -> None:
    assert apply(content, edits) == (after, replaced)


@pytest.mark.parametrize(
    ("content", "edits", "sentence"),
    [
        ("a", [], "edits is empty"),
        ("a", [edit("", "x")], r"edits\[0\].oldText is empty"),
        ("a", [edit("a", "a")], r"edits\[0\] changes nothing"),
        ("a\r\nb", [edit("a\r\nb", "a\nb")], "changes only line endings"),
        ("a b a\na", [edit("a", "x")], r"is in the file 3 times, at lines 1, 2; add lines"),
        ("b\na b a", [edit("a", "x")], r"is in the file 2 times, all in line 2; add lines"),
        ("a" * 2_000, [edit("a", "x")], "more than 1,000 times, from line 1 on;"),
        ("a" * 20 + "\na", [edit("a", "x")], "21 times, at lines 1, 2;"),
        ("aaa", [edit("aa", "x")], "2 times"),  # overlapping places are as ambiguous
        ("x\n" * 2_000, [edit("x", "y")], "more than 1,000 times, at lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...;"),
        ("a\nb", [edit("a", "x"), edit("a", "y")], r"edits\[1\].oldText is not in the file after the edits before it"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(content: str, edits: list[Edit], sentence: str) -> None:
    with pytest.raises(InvalidArguments, match=sentence):
        apply(content, edits)


def test_a_file_does_not_grow_beyond_what_it_may_have() -> None:
    with pytest.raises(TooLarge, match=r"edits\[0\] would make the file 10,000,000,000 characters long"):
        apply("a" * 100_000, [edit("a", "b" * 100_000, everywhere=True)], most=10**7)


def test_line_endings_of_several_kinds_are_sorted_out_in_so_many_places() -> None:
    with pytest.raises(TooLarge, match="more than 100,000 lines"):
        apply("a\r\n" + "a\n" * 100_000, [edit("a\n", "b\n\n", everywhere=True)])
    after, _ = apply("a\r\n" + "a\n" * 100_000, [edit("a", "b", everywhere=True)])
    assert after == "b\r\n" + "b\n" * 100_000


def test_work_is_given_up_between_edits() -> None:
    class GivenUp(Exception):
        pass

    def pause() -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        apply("a", [edit("a", "b")], pause)


BREAKS = st.sampled_from(["\n", "\r\n"])
LINE = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=8)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, Text, Callable[[str], bytes]]:
    """A file in some encoding with some line endings, and how to encode a text as that file is."""
    ends = draw(st.sampled_from([st.just("\n"), st.just("\r\n"), BREAKS]))
    lines = draw(st.lists(st.tuples(LINE, ends), max_size=6))
    content = "".join(line + end for line, end in lines) + draw(LINE)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "broken"]))
    if encoding == "broken":  # bytes that are no UTF-8 in between
        data = content.encode() + b"\xff\xfe\xc3" + content.encode()
    else:
        assume(not content.startswith("\ufeff"))
        data = content.encode(encoding)
    text = decode(data, None if encoding in ("broken", "utf-8", "utf-8-sig", "utf-16", "utf-32") else encoding)
    return data, text, text.encode


@settings(deadline=None)
@given(files(), st.data())
def test_an_edit_changes_nothing_else(file: tuple[bytes, Text, Callable[[str], bytes]], data: st.DataObject) -> None:
    before, text, written = file
    content = text.content
    assume(content)
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    assume(not any("\ud800" <= character <= "\udfff" for character in content[start:end]))  # a client cannot send it
    assume(content[start:end] not in ("\r", "\n") and not (content[end - 1] == "\r" and content[end : end + 1] == "\n"))
    assume(not (content[start] == "\n" and content[start - 1 : start] == "\r"))
    old = content[start:end]
    new = data.draw(LINE.filter(lambda line: line != old))
    try:
        expected = written(content[:start] + new + content[end:])
        after, replaced = apply(content, [edit(old.replace("\r\n", "\n"), new)])
    except InvalidArguments:
        assume(False)  # it is there several times, changes nothing, or brings what the encoding cannot hold
    assert replaced == 1
    assert written(after) == expected
    assert written(content) == before


@settings(deadline=None)
@given(files(), st.data())
def test_lines_around_an_edit_keep_their_endings(
    file: tuple[bytes, Text, Callable[[str], bytes]], data: st.DataObject
) -> None:
    _, text, _ = file
    lines = text.content.split("\n")
    index = data.draw(st.integers(0, len(lines) - 1))
    marked = [*lines[:index], "MARK" + lines[index], *lines[index + 1 :]]
    content = "\n".join(marked)
    assume(content.count("MARK") == 1)
    assume("\udcff" not in content)  # a client cannot send it
    flat = content.replace("\r\n", "\n")  # the whole file is the text that a client repeats with "\n"
    after, _ = apply(content, [edit(flat, flat.replace("MARK", "DONE"))])
    assert after == content.replace("MARK", "DONE")
