"""Fail when a test that should run in CI was skipped: a skipped test proves nothing, and looks like one that passed.

    skips.py REPORT.xml ...

Reads pytest's JUnit reports. A reason that may skip stands in ALLOWED with why.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree

ALLOWED: dict[str, str] = {}
"""Regular expressions of reasons that may skip a test here, and why each of them may."""


def main(reports: list[str]) -> int:
    """Print what was skipped without leave; 1 when there is any, or when a report holds no test at all."""
    ran, skipped = 0, []
    for report in reports:
        # The reports are our own pytest's.
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314
            ran += 1
            for mark in case.findall("skipped"):
                reason = mark.get("message", "")
                if mark.get("type") != "pytest.xfail" and not any(re.search(rule, reason) for rule in ALLOWED):
                    skipped.append(f"{case.get('classname')}.{case.get('name')}: {reason}")
    for line in skipped:
        print(f"skipped: {line}")  # noqa: T201
    print(f"{ran} tests, {len(skipped)} skipped without leave")  # noqa: T201
    return 1 if skipped or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
