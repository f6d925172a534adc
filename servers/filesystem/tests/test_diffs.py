from __future__ import annotations

import difflib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_fs_server.diffs import unified_diff


@pytest.mark.parametrize(
    ("before", "after", "diff"),
    [
        ("a\n", "a\n", ""),
        ("a\nb\n", "a\nc\n", "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n+c"),
        ("a\n", "", "--- a/f\n+++ b/f\n@@ -1,1 +0,0 @@\n-a"),
        ("", "a\n", "--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+a"),
        ("a\n", "a", "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file"),
        ("a\r\n", "b\r\n", "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\r\n+b\r"),
    ],
)
def test_a_diff_reads_as_that_of_diff(before: str, after: str, diff: str) -> None:
    assert unified_diff(before, after, "f") == diff


@given(st.lists(st.sampled_from(["a\n", "b\n", "c\n"]), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_a_diff_is_that_of_the_standard_library(old: list[str], letters: list[str]) -> None:
    new = [f"{letter}\n" for letter in letters]
    ours = unified_diff("".join(old), "".join(new), "f")
    theirs = list(difflib.unified_diff(old, new, "a/f", "b/f"))
    changed = [line for line in ours.split("\n")[2:] if line[:1] in "+-"]
    # Ours compares less, and may so choose other lines of the same number.
    assert bool(changed) == bool(theirs)
    assert sum(line[0] == "+" for line in changed) - sum(line[0] == "-" for line in changed) == len(new) - len(old)


@given(st.lists(st.sampled_from(["a\n", "b\n", "\n"]), max_size=12), st.data(), st.sampled_from(["", "a"]))
def test_a_diff_of_a_change_in_the_middle_is_that_of_the_standard_library(
    old: list[str], data: st.DataObject, end: str
) -> None:
    place = data.draw(st.integers(0, len(old)))
    gone = data.draw(st.integers(0, min(2, len(old) - place)))
    new = [*old[:place], *["x\n"] * data.draw(st.integers(0, 2)), *old[place + gone :]]
    old, new = ([*lines, end] if end else lines for lines in (old, new))
    ours = unified_diff("".join(old), "".join(new), "f").split("\n")
    theirs = [line.rstrip("\n") for line in difflib.unified_diff(old, new, "a/f", "b/f")]
    # Which of several equal lines is told as gone may differ; what is shown around them does not.
    assert sorted(line[:1] + line.strip("+- ") for line in ours[3:] if line[:1] in "+-") == sorted(
        line[:1] + line.strip("+- ") for line in theirs[3:] if line[:1] in "+-"
    )


@pytest.mark.parametrize("number", [10, 5_000])
def test_patch_makes_the_new_file_out_of_the_old(tmp_path: Path, number: int) -> None:
    before = "".join(f"line {index}\n" for index in range(number))
    after = before.replace("7", "seven") + "last"
    (tmp_path / "f").write_text(before)
    diff = unified_diff(before, after, "f", most=10**7) + "\n"
    git = shutil.which("git")
    assert git is not None
    subprocess.run([git, "apply", "-p1", "-"], cwd=tmp_path, input=diff, text=True, check=True)
    assert (tmp_path / "f").read_text() == after


def test_a_long_diff_ends_at_a_line_and_tells_it() -> None:
    diff = unified_diff("a\n" * 5_000, "b\n" * 5_000, "f", most=1_000)
    assert diff.endswith("more lines of the diff are left out]")
    assert len(diff) < 1_100


def test_a_diff_over_very_many_lines_is_left_out() -> None:
    assert unified_diff("a\n" * 300_000, "b\n" * 300_000, "f").startswith("[the diff is left out")
    assert unified_diff("a\n" * 300_000, "a\n" * 300_000 + "b\n", "f").endswith(
        "@@ -299998,3 +299998,4 @@\n a\n a\n a\n+b"
    )


def test_a_long_line_is_cut() -> None:
    assert "... [100,001 characters]" in unified_diff("a" * 100_000, "b", "f")
