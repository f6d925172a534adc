"""Globs of searches: what fits, what does not, and that none of them can be slow."""

from __future__ import annotations

import pytest
from mcp_chassis.errors import InvalidArguments
from mcp_fs_server.globs import Glob

FITS = [
    ("*.py", "a.py"),
    ("*.py", "deep/below/a.py"),
    ("*.py", ".py"),
    ("a.txt", "x/a.txt"),
    ("*", "any/thing"),
    ("?.txt", "x/ü.txt"),
    ("[ab]*", "x/beta"),
    ("[!ab]*", "gamma"),
    ("[^ab]*", "gamma"),
    ("[]]x", "]x"),
    ("[a-c]?[0-9]", "bx7"),
    ("test_*.{ts,tsx}", "src/test_a.tsx"),
    ("{a,b{c,d}}.txt", "bd.txt"),
    ("{one}.txt", "{one}.txt"),  # nothing to choose between
    ("a{b", "a{b"),
    ("src/*.py", "src/a.py"),
    ("/src/*.py", "src/a.py"),
    ("./src/*.py", "src/a.py"),
    ("src/**/*.py", "src/a.py"),
    ("src/**/*.py", "src/a/b/c.py"),
    ("**/a.py", "a.py"),
    ("**/a.py", "x/y/a.py"),
    ("src/**", "src/a/b"),
    ("**", "a/b"),
    ("a/**/b/**/c", "a/x/b/y/z/c"),
    ("{src,tests}/**/*.py", "tests/x/a.py"),
    (r"\*.py", "*.py"),
    (r"a\{b,c\}", "a{b,c}"),
    ("*.tar.gz", "x.tar.gz"),
    ("a*b*c", "a-b-c"),
    ("*\n*", "line\nbreak"),
    ("caf?", "caf\udce9"),  # a byte that is no text is some one character
    ("-rf", "-rf"),
    ("a.b", "a.b"),
    ("(a|b)+", "(a|b)+"),
]
FITS_NOT = [
    ("*.py", "a.pyc"),
    ("*.py", "a.py/b"),
    ("*.PY", "a.py"),
    ("a.b", "axb"),
    ("?", "ab"),
    ("?", "/"),
    ("src/*.py", "a/src/a.py"),
    ("src/*.py", "src/b/a.py"),
    ("/*.py", "src/a.py"),
    ("src/**", "src"),
    ("src/**/x", "srcx"),
    ("a[!b]c", "a/c"),
    ("build/", "build"),  # a file of that name
    (r"\*.py", "a.py"),
    ("a*b*c", "a-c-b"),
    ("nothing*", "anything"),
]


@pytest.mark.parametrize(("glob", "path"), FITS)
def test_a_glob_fits(glob: str, path: str) -> None:
    assert Glob(glob).covers(path)


@pytest.mark.parametrize(("glob", "path"), FITS_NOT)
def test_a_glob_does_not_fit(glob: str, path: str) -> None:
    assert not Glob(glob).covers(path)


def test_a_slash_at_the_end_means_directories() -> None:
    assert Glob("build/").fits("x/build", directory=True)
    assert not Glob("build/").fits("x/build", directory=False)
    assert not Glob("x/build/").fits("y/x/build", directory=True)


@pytest.mark.parametrize(
    ("glob", "path", "may"),
    [
        ("*.py", "anything", True),
        ("src/**/*.py", "src", True),
        ("src/**/*.py", "src/deep", True),
        ("src/**/*.py", "tests", False),
        ("{src,tests}/*.py", "tests", True),
        ("a/b/*.py", "a", True),
        ("a/b/*.py", "a/c", False),
        ("a*/b/*.py", "x", True),  # not looked at
    ],
)
def test_directories_in_which_nothing_can_fit_are_passed_over(glob: str, path: str, may: bool) -> None:
    assert Glob(glob).may_lie_below(path) is may


@pytest.mark.parametrize("glob", ["*a" * 400, "**/" * 300 + "x", "*" * 1_000, "[" * 1_000, "?*" * 500, "{a,b}{c,d}*x*"])
def test_long_runs_of_stars_end(glob: str) -> None:
    assert not Glob(glob + "\0").covers("/".join(["a" * 250] * 16))


@pytest.mark.parametrize("glob", ["/", ".", "./", "{a,b}" * 10])
def test_what_says_no_name_or_too_many_is_refused(glob: str) -> None:
    with pytest.raises(InvalidArguments):
        Glob(glob)
