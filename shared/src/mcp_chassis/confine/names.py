"""Names of files as texts: what may become one, how one is shown, and what a path is made of.

A name is bytes without "/" and NUL. Here it is text as Python makes it of them: UTF-8, and bytes that are none as lone
surrogates (PEP 383). It is never trimmed, lower-cased or normalised, for that would be another file.
"""

from __future__ import annotations

import os
import re

from mcp_chassis.confine.errors import Refused

__all__ = ["check_new_name", "check_path", "parts", "shown"]

LONGEST_NAME = 255  # bytes; what the file systems of Linux and macOS take
# Control characters and what ends a line in some programs: a name with one could pass for two entries of a listing.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_NOT_IN_NEW_NAMES = re.compile(f"[{_CONTROL}]")
# Besides those: what reorders the letters around it, and bytes that are no text.
_HIDING = re.compile(f"[{_CONTROL}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def shown(name: str) -> str:
    """A name or path as it may stand in a listing: itself, or in double quotes with escapes where it could mislead.

    Two names are never shown alike: only a name that must be escaped, or that begins with a quote itself, is quoted,
    and within quotes a backslash is doubled. A byte that is no UTF-8 is `\\xff`.
    """
    if not _HIDING.search(name) and not name.startswith('"'):
        return name
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_HIDING.sub(_escape, quoted)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return _SHORT.get(match[0]) or f"\\u{code:04x}"


def check_new_name(name: str) -> None:
    """Refuse what must not become the name of a new file or directory.

    That is what cannot be a name at all ("", ".", "..", "/", NUL, more than 255 bytes) and control characters and
    line separators, which forge listings and terminals. Names that only Windows reserves (AUX, CON, trailing dots)
    are ordinary here.

    Raises:
        Refused: with the reason.
    """
    if name in ("", ".", "..") or "/" in name:
        raise Refused('A name must not be empty, "." or "..", nor hold a "/"; use another one.')
    if _NOT_IN_NEW_NAMES.search(name):
        raise Refused("A new name must not hold control characters or line breaks; leave them out.")
    if len(_encoded(name)) > LONGEST_NAME:
        raise Refused(f"A name has at most {LONGEST_NAME} bytes in UTF-8; use a shorter one.")


def check_path(path: str) -> bytes:
    """A path as the bytes that the kernel takes.

    Raises:
        Refused: it holds NUL, or text that is no name anywhere.
    """
    if "\0" in path:
        raise Refused("A path must not hold a NUL character; leave it out.")
    return _encoded(path)


def parts(path: str) -> tuple[list[str], bool]:
    """The names that a path goes through ("..", too), and whether it says that a directory is at its end."""
    names = [name for name in path.split("/") if name not in ("", ".")]
    return names, not names or path.endswith(("/", "/."))


def _encoded(text: str) -> bytes:
    try:
        return os.fsencode(text)
    except UnicodeEncodeError:
        raise Refused("This text cannot be the name of a file on this system; use another one.") from None
