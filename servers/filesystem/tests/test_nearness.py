from __future__ import annotations

import pytest
from mcp_fs_server.nearness import nearest_lines

SOURCE = """def first(a, b):
    return a + b


def second(a, b):
    value = compute(a, b)
    return value
"""


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("  value = compute(a,  b)\n  return value", "only white space differs at lines 6-7:\n6:     value = compute"),
        ("def second(a, c):", "the nearest is at line 5:\n5: def second(a, b):\n"),
        ("    value = compute(a, c)\n    return value\n", "the nearest is at lines 6-7:"),
        ("clas Scond:", "nothing in it is near"),
        ("valu = comput(", "the nearest is at line 6:"),
        ("entirely different", "nothing in it is near to that"),
        ("   \n  ", "it is only white space"),
        ("}", "nothing in it is near"),
    ],
)
def test_the_nearest_lines_are_told(wanted: str, sentence: str) -> None:
    assert sentence in nearest_lines(SOURCE, wanted)


def test_what_is_shown_of_a_long_text_is_bounded() -> None:
    text = "".join(f"the {number} line of many words {'x' * 5_000}\n" for number in range(2_000))
    told = nearest_lines(text, "the 1234 line of many words " + "y" * 10_000 + "\n" * 500)
    assert len(told) < 5_000


def test_the_last_line_is_found_when_more_is_wanted() -> None:
    assert "at line 3" in nearest_lines("a\nb\nthe very end", "the very  end\nand more")
