"""A walk-through on a terminal: chapters, requests, answers as tables, and a tally of what did not go as it should."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TextIO

__all__ = ["Transcript"]

Style = Literal["bold", "dim", "red", "green", "yellow", "cyan"]
CODES: Mapping[Style, int] = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "cyan": 36}
INDENT = "   "
WIDEST = 110


class Transcript:
    """Prints in colour on a terminal (unless NO_COLOR is set), plainly elsewhere."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self.failures: list[str] = []
        self.checks = 0
        self._stream = stream
        self._live = stream.isatty()
        self._colour = self._live and not os.environ.get("NO_COLOR")
        self._width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
        self._chapters = 0

    def title(self, text: str, *paragraphs: str) -> None:
        """The heading of the whole, and what the reader should know first."""
        self._print(self._styled(text, "bold"))
        for paragraph in paragraphs:
            self._print(textwrap.fill(paragraph, self._width))

    def chapter(self, text: str) -> None:
        """The next step of the walk."""
        self._chapters += 1
        self._print("\n" + self._styled(f"{self._chapters}. {text}", "bold"))

    def say(self, text: str, style: Style | None = None) -> None:
        """A paragraph of narration."""
        filled = textwrap.fill(text, self._width, initial_indent=INDENT, subsequent_indent=INDENT)
        self._print(self._styled(filled, style) if style else filled)

    def item(self, name: str, text: str) -> None:
        """One line of a list of named things, with its further lines below its text."""
        width = max(20, self._width - len(INDENT) - len(name))
        first, *others = textwrap.wrap(text, width) or [""]
        self._print(INDENT + self._styled(name, "bold") + first)
        for line in others:
            self._print(INDENT + " " * len(name) + line)

    def question(self, text: str) -> None:
        """What a person asks the assistant."""
        self._print("")
        self.say(f"“{text}”", "yellow")

    def request(self, name: str, arguments: Mapping[str, Any]) -> None:
        """What the assistant sends: the tool's name, its short arguments on one line, SQL as SQL below."""
        rest = {key: value for key, value in arguments.items() if key != "query"}
        query = " ".join(str(arguments.get("query", "")).split()) if "query" in arguments else ""
        inline = query if len(query) <= self._width - len(INDENT) - len(name) - 4 else ""
        shown = " ".join(part for part in (inline, json.dumps(rest, ensure_ascii=False) if rest else "") if part)
        first, *others = textwrap.wrap(f"{name}  {shown}", self._width - 5)
        head = self._styled(f"{INDENT}→ ", "cyan") + self._styled(name, "bold", "cyan")
        self._print(head + self._styled(first.removeprefix(name), "cyan"))
        for line in others:
            self._print(self._styled(f"{INDENT}    {line}", "cyan"))
        if query and not inline:
            self.block(str(arguments["query"]), "dim")

    def block(self, text: str, style: Style | None = None) -> None:
        """Text with lines of its own: SQL, configuration."""
        block = textwrap.indent(textwrap.dedent(text).strip(), INDENT + "    ")
        self._print(self._styled(block, style) if style else block)

    def table(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Aligned columns; numbers to the right, with thousands separated."""
        cells = [list(names), *([_cell(value) for value in row] for row in rows)]
        widths = [max(len(row[index]) for row in cells) for index in range(len(names))]
        numeric = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(names))]
        for number, row in enumerate(cells):
            parts = [
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(row, widths, numeric, strict=True)
            ]
            line = f"{INDENT}  {'  '.join(parts)}".rstrip()
            line = line if len(line) <= self._width else f"{line[: self._width - 1]}…"
            self._print(line if number else self._styled(line, "dim"))

    def check(self, fine: bool, what: str) -> None:
        """Say that a step went as it should, or count it among the failures."""
        self.checks += 1
        if not fine:
            self.failures.append(what)
        mark = self._styled("✓", "green") if fine else self._styled("✗ NOT AS IT SHOULD:", "red")
        lines = textwrap.wrap(what, self._width - len(INDENT) - 2)
        self._print(f"{INDENT}{mark} " + f"\n{INDENT}  ".join(lines))

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Show on a terminal that something takes its time, with the seconds; wipe it when it is done."""
        over = threading.Event()
        ticker = threading.Thread(target=self._tick, args=(what, over), daemon=True)
        if self._live:
            ticker.start()
        else:
            self.say(f"{what} …", "dim")
        try:
            yield
        finally:
            over.set()
            if self._live:
                ticker.join()

    def _tick(self, what: str, over: threading.Event) -> None:
        began = time.monotonic()
        wipe = "\r\x1b[K"
        while not over.wait(0.2):
            self._stream.write(f"{wipe}{INDENT}{what} … {time.monotonic() - began:.0f} s"[: self._width])
            self._stream.flush()
        self._stream.write(wipe)
        self._stream.flush()

    def _print(self, text: str) -> None:
        print(text, file=self._stream, flush=True)

    def _styled(self, text: str, *styles: Style) -> str:
        if not self._colour or not styles:
            return text
        return "".join(f"\x1b[{CODES[style]}m" for style in styles) + text + "\x1b[0m"


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _cell(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:,}"
        case _:
            return str(value)
