"""Patterns of actions: `tool:execute_query`, `tool:*`, `resource:file://**`, `prompt:review_*`, `*`.

`*` is any text without a slash, `**` any text, `?` one character other than a slash; a lone `*` is every action. All
other characters are themselves, brackets and braces too. Matching takes time in proportion to the text, whatever the
pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

__all__ = ["Glob", "covering"]

_TOKEN = re.compile(r"\*\*+|\*|\?")
_MAX_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern."""

    pattern: str
    matches: Callable[[str], bool] = field(init=False, compare=False, repr=False)
    """Whether the pattern covers an action."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "matches", _matcher(self.pattern))

    @property
    def literal(self) -> str:
        """What stands before the first wildcard."""
        return _TOKEN.split(self.pattern, maxsplit=1)[0]

    def may_match(self, template: str) -> bool:
        """Whether some action of a template (`resource:note://{name}`) may be covered; says yes when in doubt."""
        known, fixed = self.literal, template.partition("{")[0]
        if self.literal == self.pattern and "{" not in template:
            return self.pattern == template
        return known.startswith(fixed) or fixed.startswith(known)

    def covers(self, template: str) -> bool:
        """Whether every action of a template is covered; says no when in doubt."""
        if "{" not in template:
            return self.matches(template)
        if self.pattern == "*":
            return True
        return self.pattern == f"{self.literal}**" and template.partition("{")[0].startswith(self.literal)


def covering(patterns: Iterable[str]) -> Callable[[str], bool]:
    """One test of whether any of the patterns covers an action."""
    globs = [Glob(pattern) for pattern in patterns]
    exact = frozenset(glob.pattern for glob in globs if glob.literal == glob.pattern)
    others = [glob.matches for glob in globs if glob.literal != glob.pattern]
    return lambda action: action in exact or any(matches(action) for matches in others)


def _matcher(pattern: str) -> Callable[[str], bool]:
    tokens = _TOKEN.findall(pattern)
    if not tokens:
        return pattern.__eq__
    if pattern == "*":
        return lambda _: True
    head = pattern[: -len(tokens[-1])] if pattern.endswith(tokens[-1]) else ""
    if len(tokens) == 1 and head and tokens[0].startswith("**"):
        return lambda action: action.startswith(head)
    if len(tokens) == 1 and head and tokens[0] == "*":
        return lambda action: action.startswith(head) and "/" not in action[len(head) :]
    return _regular(pattern)


def _regular(pattern: str) -> Callable[[str], bool]:
    import re2

    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    options.dot_nl = True
    options.never_capture = True
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(pattern):
        parts += [re2.escape(pattern[end : token.start()]), {"*": "[^/]*", "?": "[^/]"}.get(token[0], ".*")]
        end = token.end()
    compiled = re2.compile("".join([*parts, re2.escape(pattern[end:])]), options)
    return lambda action: compiled.fullmatch(action) is not None
