"""SQL of ours lives in `.sql` files: `-- name: x` starts the statement that is called x."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["load"]

_NAME = re.compile(r"^-- name: *(\w+) *$", re.MULTILINE)


@cache
def load(package: str, filename: str) -> dict[str, str]:
    """The statements of one file inside a package, by name.

    Raises:
        ValueError: text before the first name, or a name given twice.
    """
    head, *parts = _NAME.split(files(package).joinpath(filename).read_text("utf-8"))
    if re.sub(r"^--.*$", "", head, flags=re.MULTILINE).strip():
        raise ValueError(f"{filename}: a statement has no name")
    names, bodies = parts[0::2], parts[1::2]
    if len(set(names)) != len(names):
        raise ValueError(f"{filename}: a name is given twice")
    return {name: body.strip().rstrip(";") for name, body in zip(names, bodies, strict=True)}
