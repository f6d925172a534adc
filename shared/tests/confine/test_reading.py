"""What may be read and what may not: one table of attacks and ordinary work, the same on each level."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from confined_tree import FILES, LONG, NFC, NFD, NOT_UTF8, SECRET, plant
from mcp_chassis.confine import Level, Root
from mcp_chassis.confine.errors import (
    HardLinked,
    Looping,
    Missing,
    NotDirectory,
    NotRegular,
    Outside,
    Refused,
)
from mcp_chassis.errors import ChassisError

LEVELS: tuple[Level, ...] = ("kernel", "walk")

# What, path, the text of the file or why not.
READS: list[tuple[str, str, str | type[ChassisError]]] = [
    # Ordinary work
    ("a file", "note.txt", "note"),
    ("a file in a directory", "a/b/c.txt", "c"),
    ("a deep file", "a/b/deep/er/file", "deep"),
    ("an empty file", "a/empty", ""),
    ("a dot before", "./note.txt", "note"),
    ("dots within", "a/./b/././c.txt", "c"),
    ("double slashes", "a//b///c.txt", "c"),
    ("up and down again", "a/../note.txt", "note"),
    ("up and down twice", "a/b/../../a/b/c.txt", "c"),
    ("up from a deep place", "a/b/deep/er/../../../../note.txt", "note"),
    ("down, up, dots and slashes", "a/.//../a/b/./../b//c.txt", "c"),
    ("a hidden file", ".hidden", "hidden"),
    # Names that look dangerous and are not
    *((f"the name {name!r}", name, text) for name, text in FILES.items()),
    ("a path with dots in names", "do..ts/../do..ts/in..side", "dots within"),
    ("three dots are no way up", ".../../note.txt", NotDirectory),
    # Names are never changed into others
    ("another case", "NOTE.TXT", Missing),
    ("another case of a directory", "A/b/c.txt", Missing),
    ("a space too many", "note.txt ", Missing),
    ("a space too few", "lead", Missing),
    ("a space within the path", "a/ b/c.txt", Missing),
    ("quotes around", '"note.txt"', Missing),
    ("a newline at the end", "note.txt\n", Missing),
    ("composed is not decomposed", NFC[:-4] + ".TXT", Missing),
    ("a dot at the end", "note.txt.", Missing),
    ("a backslash is no slash", "a\\b\\c.txt", Missing),
    ("a home directory", "~/note.txt", NotDirectory),
    ("a variable", "$PWD/note.txt", Missing),
    ("an encoded slash", "a%2fb%2fc.txt", Missing),
    ("an encoded way up", "%2e%2e/outside/secret.txt", NotDirectory),
    ("a doubly encoded way up", "%252e%252e/outside/secret.txt", Missing),
    ("full width dots", "\uff0e\uff0e/outside/secret.txt", NotDirectory),
    ("full width slashes", "..\uff0foutside\uff0fsecret.txt", Missing),
    ("an overlong encoding of a dot", os.fsdecode(b"\xc0\xae\xc0\xae/outside/secret.txt"), Missing),
    ("an overlong encoding of a slash", os.fsdecode(b"..\xc0\xafoutside"), Missing),
    ("backslashes up", "..\\outside\\secret.txt", Missing),
    ("a URL", "file:///note.txt", NotDirectory),
    ("a share", "\\\\host\\share", Missing),
    # Links that stay inside
    ("a relative link", "in-rel", "c"),
    ("a link with dots", "in-dot", "c"),
    ("an absolute link to the inside", "in-abs", "c"),
    ("an absolute link with double slashes", "in-abs-slashes", "c"),
    ("an absolute link with a way up", "in-abs-up", "note"),
    ("through an absolute link to a directory", "in-abs-dir/b/c.txt", "c"),
    ("through a link to a directory", "in-dir/c.txt", "c"),
    ("through a link with a slash", "in-dir-slash/c.txt", "c"),
    ("up from where a link leads", "in-dir/../b/c.txt", "c"),
    ("up twice from where a link leads", "in-dir/../../note.txt", "note"),
    ("up from where an absolute link leads", "in-abs-dir/../note.txt", "note"),
    ("through a link to the parent", "a/b/up/b/c.txt", "c"),
    ("through a link to the root from within", "a/b/top/note.txt", "note"),
    ("a link up to a file", "a/b/top-note", "note"),
    ("an absolute link from a deep place", "a/b/abs-dir/x.txt", "x"),
    ("up from there", "a/b/abs-dir/../a/b/c.txt", "c"),
    ("through a link to itself as a directory", "self/self/self/note.txt", "note"),
    ("through an absolute link to the root", "to-root-abs/a/b/c.txt", "c"),
    ("the same with a slash", "to-root-abs-slash/a/b/c.txt", "c"),
    ("a chain of relative and absolute links", "chain1", "x"),
    ("a link with a newline in its name", "link\nline", "note"),
    ("a chain of 40 links", "k40", "note"),
    ("a hard link inside", "hard", "linked"),
    # Links that lead nowhere
    ("a chain of 41 links", "k41", Looping),
    ("a link to itself", "loop", Looping),
    ("two links to each other", "ping", Looping),
    ("a link that grows", "loop-dir", Looping),
    ("through a loop", "ping/x", Looping),
    ("up from a loop", "loop/..", Looping),
    ("a dangling link", "dangling", Missing),
    ("a dangling absolute link to the inside", "dangling-abs", Missing),
    ("through a dangling link", "dangling-dir/x", Missing),
    ("up from a dangling link", "dangling-dir/../note.txt", Missing),
    # Up and out
    ("up", "..", Outside),
    ("up with a slash", "../", Outside),
    ("up to a file", "../outside/secret.txt", Outside),
    ("up far", "../../../../../../../../etc/passwd", Outside),
    ("up further than there is", "../" * 200 + "etc/passwd", Outside),
    ("down and further up", "a/../../outside/secret.txt", Outside),
    ("down and further up twice", "a/b/../../../outside/secret.txt", Outside),
    ("up and into the root again", "../tree/note.txt", Outside),
    ("up with dots and slashes", "a/.././/..//outside/secret.txt", Outside),
    ("up from what is missing", "missing/../../outside/secret.txt", Missing),
    ("up from a file", "note.txt/../../outside/secret.txt", NotDirectory),
    ("up through a link to the parent", "a/b/up/../..", Outside),
    ("up from the root by a link", "a/b/top/..", Outside),
    ("up from an absolute link to the root", "to-root-abs/../outside/secret.txt", Outside),
    ("up from where a link leads", "in-dir/../../../outside/secret.txt", Outside),
    ("up and down by dots alone", "././../.", Outside),
    # Absolute paths: the root takes relative ones alone
    ("an absolute path", "/etc/passwd", Outside),
    ("the root of all", "/", Outside),
    ("many slashes", "///etc/passwd", Outside),
    ("an absolute path up", "/../etc/passwd", Outside),
    ("/proc", "/proc/self/environ", Outside),
    # Links that lead out
    ("a relative link out", "out-rel", Outside),
    ("through a relative link out", "out-rel-dir/secret.txt", Outside),
    ("an absolute link out", "out-abs", Outside),
    ("through an absolute link out", "out-abs-dir/secret.txt", Outside),
    ("deep through an absolute link out", "out-abs-dir/dir/file", Outside),
    ("a link to a system file", "out-etc", Outside),
    ("through a link to the root of all", "out-slash/etc/passwd", Outside),
    ("a link to the root of all", "out-slash", Outside),
    ("through a link to the parent of the root", "out-parent/outside/secret.txt", Outside),
    ("the same with a slash", "out-parent-slash/outside/secret.txt", Outside),
    ("a link down and out", "out-deep", Outside),
    ("an absolute link in and out", "out-abs-up", Outside),
    ("a link out and in again", "out-and-in", Outside),
    ("a link to a directory whose name begins alike", "out-sibling", Outside),
    ("a link to a directory whose name is the root's and a space", "out-sibling-space", Outside),
    ("a link out to what is missing", "out-missing", Outside),
    ("a chain of links out", "out-chain1", Outside),
    ("through a link out in a deep place", "a/b/out/secret.txt", Outside),
    ("a link through a link out", "via-inside-dir", Outside),
    ("through an inside link to a link out", "in-abs-dir/b/out/secret.txt", Outside),
    ("out and up again", "out-rel-dir/../tree/note.txt", Outside),
    ("out and in by an absolute link and ..", "out-abs-dir/../tree/note.txt", Outside),
    # Magic links
    ("/proc/self/root", "proc-root/etc/passwd", Outside),
    ("/proc/self/root itself", "proc-root", Outside),
    ("/proc/self/cwd", "proc-cwd/pyproject.toml", Outside),
    ("/proc/self/exe", "proc-exe", Outside),
    ("/proc/self/fd", "proc-fd", Outside),
    ("/proc/thread-self", "proc-thread", Outside),
    ("/dev/fd", "dev-fd", Outside),
    ("/dev/stdin", "dev-stdin", Outside),
    ("/dev/null", "dev-null", Outside),
    # What is no regular file
    ("the root", "", NotRegular),
    ("the root as a dot", ".", NotRegular),
    ("the root with a slash", "./", NotRegular),
    ("a directory", "a", NotRegular),
    ("a directory with a slash", "a/b/", NotRegular),
    ("a link to a directory", "in-dir", NotRegular),
    ("a link to the root", "self", NotRegular),
    ("back at the root", "a/..", NotRegular),
    ("a FIFO", "fifo", NotRegular),
    ("a link to a FIFO", "to-fifo", NotRegular),
    ("a FIFO as a directory", "fifo/x", NotDirectory),
    ("a socket", "socket", NotRegular),
    # A file is no directory
    ("a slash after a file", "note.txt/", NotDirectory),
    ("a slash and a dot after a file", "note.txt/.", NotDirectory),
    ("a way up from a file", "note.txt/..", NotDirectory),
    ("beneath a file", "note.txt/x", NotDirectory),
    ("beneath a link to a file", "in-rel/x", NotDirectory),
    ("a slash after a link to a file", "in-rel/", NotDirectory),
    ("a link to a file as a directory", "file-slash", NotDirectory),
    # What is not there
    ("missing", "missing", Missing),
    ("missing beneath a directory", "a/missing", Missing),
    ("beneath what is missing", "missing/x", Missing),
    ("missing with a slash", "missing/", Missing),
    ("up from what is missing", "missing/../note.txt", Missing),
    # What cannot be a path
    ("NUL", "note.txt\0", Refused),
    ("NUL and an ending", "../outside/secret.txt\0.png", Refused),
    ("NUL alone", "\0", Refused),
    ("a name of 256 bytes", "n" * 256, Refused),
    ("a name of 255 characters and more bytes", "é" * 255, Refused),
    ("a name of 256 bytes on the way", "n" * 256 + "/x", Refused),
    ("a lone surrogate that is no byte", "\ud800", Refused),
    ("a path of more than 4,096 bytes", "./" * 4000 + "note.txt", "note"),
    ("a path of more than 4,096 bytes up and down", "a/../" * 1900 + "a/b/c.txt", "c"),
    ("a path of more than 4,096 bytes out", "a/../" * 1900 + "../outside/secret.txt", Outside),
    ("a path with a name for each of its bytes", "x/" * 5000, Missing),
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("tree"))


@pytest.fixture(params=LEVELS)
def confined(request: pytest.FixtureRequest, root: Path) -> Iterator[Root]:
    with Root.open(root, level=request.param) as opened:
        yield opened


def contents(root: Root, path: str, *, exact: bool = False) -> str:
    fd = root.open_file(path, exact=exact)
    with open(fd, encoding="utf-8") as file:
        return file.read()


def outcome(root: Root, path: str) -> str | type[ChassisError]:
    """The text of a file, or the class of the refusal, which tells nothing of what lies around the root."""
    try:
        return contents(root, path)
    except ChassisError as error:
        refusal = error
    for word in (str(root.path.parent), "outside/", "secret", "/etc", "/proc"):
        assert word not in refusal.message
    return type(refusal)


@pytest.mark.parametrize(("what", "path", "expected"), READS, ids=[ascii(row[0]) for row in READS])
def test_reading(confined: Root, what: str, path: str, expected: str | type[ChassisError]) -> None:
    assert outcome(confined, path) == expected, what


def test_the_corpus_is_large() -> None:
    assert len(READS) >= 150
    assert len({path for _, path, _ in READS}) > len(READS) - 10


@pytest.mark.parametrize(("what", "path", "expected"), READS, ids=[ascii(row[0]) for row in READS])
def test_where_a_path_really_is_can_be_opened_exactly(
    confined: Root, what: str, path: str, expected: str | type[ChassisError]
) -> None:
    if isinstance(expected, str):
        real = confined.resolve(path)
        assert contents(confined, real, exact=True) == expected, what
        assert confined.resolve(real) == real, what
        assert os.path.realpath(confined.path / path) == str(confined.path / real), what
    elif expected in (Outside, Looping, Refused, NotDirectory):
        with pytest.raises(expected):
            confined.resolve(path)


def test_every_planted_file_is_read_under_its_own_name(confined: Root) -> None:
    assert {name: contents(confined, name) for name in FILES} == FILES
    assert {NFC, NFD, NOT_UTF8, LONG} < set(FILES)


def test_hard_links_cannot_be_told_by_their_path_and_are_refused_where_asked(root: Path) -> None:
    for level in LEVELS:
        with Root.open(root, level=level) as open_root, Root.open(root, level=level, hard_links=False) as strict:
            assert outcome(open_root, "hard-out") == SECRET
            assert outcome(strict, "hard-out") is HardLinked
            assert outcome(strict, "hard") is HardLinked
            assert outcome(strict, "linked.txt") is HardLinked
            assert outcome(strict, "note.txt") == "note"
            assert outcome(strict, "a") is NotRegular
