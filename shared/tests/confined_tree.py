"""A directory with everything in it that a path can be tricked with, beside places that must not be reached."""

from __future__ import annotations

import os
import socket
from pathlib import Path

SECRET = "secret of the outside"

NFC, NFD = "caf\u00e9.txt", "cafe\u0301.txt"
LONG = "n" * 255
NOT_UTF8 = os.fsdecode(b"caf\xe9.txt")

FILES = {
    "note.txt": "note",
    "a/b/c.txt": "c",
    "a/b/deep/er/file": "deep",
    "a/empty": "",
    "linked.txt": "linked",
    "d/x.txt": "x",
    ".hidden": "hidden",
    "..dots": "dots before",
    "dots..": "dots after",
    "do..ts/in..side": "dots within",
    "...": "three dots",
    " lead": "space before",
    "trail ": "space after",
    "trail": "no space",
    " ": "a space",
    "two\nlines": "newline",
    "tab\there": "tab",
    "cr\rlf": "cr",
    "esc\x1b[31m": "escape",
    "bell\x07": "bell",
    NFC: "composed",
    NFD: "decomposed",
    NOT_UTF8: "latin",
    LONG: "long",
    "日本語/ファイル": "japanese",
    "emoji 👩\u200d💻": "joined",
    "right\u202eto left": "bidi",
    "Case": "upper",
    "case": "lower",
    "AUX": "aux",
    "con.txt": "con",
    "COM1": "com",
    "semi;colon": "semicolon",
    "star*": "star",
    "quote'\"": "quotes",
    '"quoted"': "quoted",
    "back\\slash": "backslash",
    "..\\..\\up": "backslashes up",
    "C:": "colon",
    "C:\\note.txt": "drive",
    "%2e%2e": "percent",
    "a%2fb": "percent slash",
    "~": "tilde",
    "$HOME": "dollar",
    "-rf": "dash",
    "file:": "scheme",
    "file.txt:stream": "stream",
    "dot.": "dot at the end",
    "full\u3000width": "ideographic space",
    "\uff0f": "full width slash",
    "\uff0e\uff0e": "full width dots",
    "\u2025": "two dot leader",
    "zero\u200bwidth": "zero width",
    "plus+and space": "plus",
}

# Link -> target; {root} and {out} are absolute paths.
LINKS = {
    "in-rel": "a/b/c.txt",
    "in-dot": "./a/./b/../b/c.txt",
    "in-abs": "{root}/a/b/c.txt",
    "in-abs-slashes": "//{root}//a/./b//c.txt",
    "in-abs-up": "{root}/a/../note.txt",
    "in-abs-dir": "{root}/a",
    "in-dir": "a/b",
    "in-dir-slash": "a/b/",
    "file-slash": "note.txt/",
    "a/b/up": "..",
    "a/b/top": "../..",
    "a/b/top-note": "../../note.txt",
    "a/b/abs-dir": "{root}/d",
    "self": ".",
    "to-root-abs": "{root}",
    "to-root-abs-slash": "{root}/",
    "chain1": "chain2",
    "chain2": "a/b/chain3",
    "a/b/chain3": "{root}/chain4",
    "chain4": "d/x.txt",
    "loop": "loop",
    "ping": "pong",
    "pong": "ping",
    "loop-dir": "loop-dir/x",
    "dangling": "nothing",
    "dangling-dir": "nowhere/at/all",
    "dangling-abs": "{root}/nothing",
    "link\nline": "note.txt",
    "to-fifo": "fifo",
    "out-rel": "../outside/secret.txt",
    "out-rel-dir": "../outside",
    "out-abs": "{out}/secret.txt",
    "out-abs-dir": "{out}",
    "out-etc": "/etc/passwd",
    "out-slash": "/",
    "out-parent": "..",
    "out-parent-slash": "../",
    "out-deep": "a/b/../../../outside/secret.txt",
    "out-abs-up": "{root}/../outside/secret.txt",
    "out-and-in": "../tree/note.txt",
    "out-sibling": "{root}-evil/secret.txt",
    "out-sibling-space": "{root} /secret.txt",
    "out-missing": "{out}/missing",
    "out-chain1": "out-chain2",
    "out-chain2": "a/b/out-chain3",
    "a/b/out-chain3": "../../out-abs",
    "a/b/out": "../../../outside",
    "via-inside-dir": "in-abs-dir/b/out/secret.txt",
    "proc-root": "/proc/self/root",
    "proc-cwd": "/proc/self/cwd",
    "proc-exe": "/proc/self/exe",
    "proc-fd": "/proc/self/fd/0",
    "proc-thread": "/proc/thread-self/cwd/passwd",
    "dev-fd": "/dev/fd/0",
    "dev-stdin": "/dev/stdin",
    "dev-null": "/dev/null",
}


def plant(place: Path) -> Path:
    """Make the tree in the empty directory `place`, and give back the directory in it that is to be the root."""
    root, outside = place / "tree", place / "outside"
    for directory in (outside / "dir", place / "tree-evil", place / "tree "):
        directory.mkdir(parents=True)
    for path in ("outside/secret.txt", "outside/x.txt", "outside/dir/file", "tree-evil/secret.txt", "tree /secret.txt"):
        (place / path).write_text(SECRET)
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for name, target in LINKS.items():
        os.symlink(target.format(root=root, out=outside), root / name)
    for count in range(1, 43):
        os.symlink(f"k{count - 1}" if count > 1 else "note.txt", root / f"k{count}")
    os.mkfifo(root / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(root, os.O_RDONLY)
        try:
            listener.bind(f"/proc/self/fd/{here}/socket")  # the path of a socket has at most 108 bytes
        finally:
            os.close(here)
    os.link(root / "linked.txt", root / "hard")
    os.link(outside / "secret.txt", root / "hard-out")
    return root
