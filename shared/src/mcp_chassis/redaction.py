"""Secrets taken out of text: what a log line, an error or a report may show of it.

Patterns for what looks like a secret wherever it stands, and the exact values that the configuration named as secrets.
Ordinary text passes unchanged: a cheap test of a few marks comes before any pattern runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["MASK", "Redactor", "is_secret_name", "redact"]

MASK = "[redacted]"

_FLAGS = re.IGNORECASE
_WORDS = r"(?:password|passwd|passphrase|pgpassword|sslpassword|secret|token|api[_\-]?key)"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A private key in PEM, also one that a cut has left without its end.
    (
        re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)", re.DOTALL),
        MASK,
    ),
    # The password of a URL. A database URL is taken to its last @, since people forget to escape what is in it; in any
    # other URL it ends before the path, or `http://a:80/?to=b@c` would be one.
    (
        re.compile(
            r"\b((?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?)://[^\s:/@?#'\"]*):[^\s'\"]*@", _FLAGS
        ),
        rf"\1:{MASK}@",
    ),
    (re.compile(r"\b([a-z][a-z0-9+.\-]{0,30}://[^\s:/@?#'\"]*):[^\s/?#'\"]*@", _FLAGS), rf"\1:{MASK}@"),
    # An Authorization header, as text, as a mapping and as the pair of bytes that ASGI has.
    (
        re.compile(
            r"\b(authorization['\"]?\s*[:=,]\s*b?['\"]?)"
            r"(?:(?:bearer|basic|apikey|digest|token|negotiate)\s+[^\s'\"]+|(?=[^\s'\"]*\d)[^\s'\"]{8,})",
            _FLAGS,
        ),
        rf"\1{MASK}",
    ),
    # A token by its scheme; what follows must look random, so that "bearer token required" stays.
    (
        re.compile(r"\b(bearer|apikey|basic)(\s+)(?=\S*[0-9+=]|\S{24})[a-z0-9_\-./+=~:]{12,}", _FLAGS),
        rf"\1\2{MASK}",
    ),
    (re.compile(r"\bmk_[A-Za-z0-9]+_[A-Za-z0-9_\-]{16,}"), MASK),
    (re.compile(r"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)*"), MASK),
    # password=x and --password x; a bound parameter ($1, %s) is not a secret.
    (
        re.compile(
            rf"(?<![a-z])({_WORDS}['\"]?\s*=\s*)(?!\$\d|%s|%\(|\?)"
            r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s'\",;&)\]}]+)",
            _FLAGS,
        ),
        rf"\1{MASK}",
    ),
    # "password": "x", and SQL's PASSWORD 'x'.
    (
        re.compile(
            rf"((?:{_WORDS}['\"]\s*[:,]|(?<![a-z])password\b|{_WORDS}:)\s*)(?:'(?:[^'\\]|\\.)+'|\"(?:[^\"\\]|\\.)+\")",
            _FLAGS,
        ),
        rf"\1{MASK}",
    ),
    # The same within a JSON string, where quotes are escaped.
    (re.compile(rf"({_WORDS}\\+['\"]\s*:\s*\\+['\"]).*?(?=\\+['\"]|\Z)", _FLAGS | re.DOTALL), rf"\1{MASK}"),
    # password: x, where x does not look like a word of a sentence.
    (re.compile(rf"(?<![a-z])({_WORDS}:\s*)(?=[^\s'\",;]*[0-9$!#%*+/=])[^\s'\",;]{{6,}}", _FLAGS), rf"\1{MASK}"),
)
# One of these stands, in lower case, in every text that a pattern above can match.
_MARKS = (
    "://", "authoriz", "bearer", "apikey", "basic", "mk_", "eyj", "passw", "passphrase", "secret", "token", "api_key",
    "api-key", "private key",
)  # fmt: skip

_SECRET_NAME = re.compile(
    r"(?:^|[_\-.])(?:(?:pg|ssl)?password|passwd|passphrase|secrets?|token|authorization|api[_\-]?key|dsn|credentials?|"
    r"cookie|private_?key|database_ur[li])$",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Whether a field of this name holds a secret by its name alone (`db_password`, `api_key`, `dsn`)."""
    return _SECRET_NAME.search(name) is not None


def redact(text: str) -> str:
    """`text` without what looks like a secret; the same object when there is nothing to take out."""
    lowered = text.lower()
    if not any(mark in lowered for mark in _MARKS):
        return text
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class Redactor:
    """`redact`, and the exact secrets of this process's configuration wherever they stand.

    Args:
        secrets: values to take out; those under 6 characters are left to the patterns, since they would also hit
            ordinary words.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(MASK, text)
        return redact(text)
