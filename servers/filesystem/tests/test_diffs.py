from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
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


def applied(before: str, diff: str) -> str:
    """What `patch` makes of a text, where every line of the diff must fit exactly."""
    old = re.findall(r"[^\n]*\n|[^\n]+", before)
    new: list[str] = []
    done, added = 0, False
    for line in diff.split("\n")[2:]:
        if line.startswith("@@"):
            start, number = map(int, line.split()[1][1:].split(","))
            start -= number > 0
            new += old[done:start]
            done = start
        elif line.startswith("\\"):
            if added:
                new[-1] = new[-1].removesuffix("\n")
        else:
            added = line[0] == "+"
            if not added:
                assert old[done].removesuffix("\n") == line[1:]
                done += 1
            if line[0] == " ":
                new.append(old[done - 1])
            elif added:
                new.append(f"{line[1:]}\n")
    return "".join((*new, *old[done:]))


LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n"]), max_size=25)


@settings(deadline=None)
@given(LINES, LINES, st.sampled_from(["", "a"]), st.sampled_from(["", "a", "b"]))
def test_a_diff_makes_one_text_of_another(old: list[str], new: list[str], end: str, new_end: str) -> None:
    before, after = "".join(old) + end, "".join(new) + new_end
    assert before == after or applied(before, unified_diff(before, after, "f")) == after


@settings(deadline=None)
@given(LINES, st.data(), st.sampled_from(["", "a"]))
def test_a_diff_of_a_change_in_the_middle_shows_three_lines_around_it(
    old: list[str], data: st.DataObject, end: str
) -> None:
    place = data.draw(st.integers(0, len(old)))
    before, after = "".join(old) + end, "".join([*old[:place], "x\n", *old[place:]]) + end
    diff = unified_diff(before, after, "f")
    assert applied(before, diff) == after
    around = [line for line in diff.split("\n")[3:] if line[:1] in (" ", "")]
    assert len(around) == min(place, 3) + min(len(old) - place + bool(end), 3)


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
