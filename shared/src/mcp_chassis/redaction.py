"""Secrets taken out of text: what a log line, an error or a report may show of it.

Patterns for what looks like a secret wherever it stands, and the exact values that the configuration named as secrets.
Ordinary text passes unchanged: a cheap test of a few marks comes before any pattern runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["MASK", "Redactor", "is_secret_name", "redact"]

MASK = "[redacted]"

_PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)", re.DOTALL | re.IGNORECASE
)
_URL_USER = re.compile(r"\b([a-z][a-z0-9+.\-]*://[^\s:/@?#'\"]*):([^\s'\"]*)@", re.IGNORECASE)
_AUTHORIZATION = re.compile(
    r"\b((?:proxy-)?authorization['\"]?\s*[:=,]\s*b?['\"]?)(?:[a-z]+\s+)?[^\s'\",;]+", re.IGNORECASE
)
_BEARER = re.compile(r"\b(bearer|apikey|basic)(\s+)(?=[^\s]*[0-9_\-./+=])[a-z0-9_\-./+=~:]{12,}", re.IGNORECASE)
_KEY = re.compile(r"\bmk_[A-Za-z0-9]+_[A-Za-z0-9_\-]+")
_JWT = re.compile(r"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)*")
_ASSIGNED = re.compile(
    r"(?<![A-Za-z])((?:[a-z0-9]+[_\-])*(?:password|passwd|passphrase|secret|token|api[_\-]?key|pgpassword|sslpassword)"
    r"['\"]?\s*(?:=|:(?!:))\s*)"
    r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s'\",;&)\]}]+)",
    re.IGNORECASE,
)
# One of these stands in every text that a pattern above can match.
_MARKS = re.compile(
    r"://|authoriz|bearer|apikey|basic|mk_|eyJ|passw|passphrase|secret|token|api[_\-]?key|PRIVATE KEY", re.I
)

_SECRET_NAME = re.compile(
    r"(?:^|[_\-.])(?:password|passwd|passphrase|secrets?|token|authorization|api_?key|dsn|credentials?|cookie|private_?key)$"
    r"|(?:^|[_\-.])database_ur[li]$",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Whether a field of this name holds a secret by its name alone (`db_password`, `api_key`, `dsn`)."""
    return _SECRET_NAME.search(name) is not None


def redact(text: str) -> str:
    """`text` without what looks like a secret; the same object when there is nothing to take out."""
    if _MARKS.search(text) is None:
        return text
    text = _PEM.sub(MASK, text)
    text = _URL_USER.sub(rf"\1:{MASK}@", text)
    text = _AUTHORIZATION.sub(rf"\1{MASK}", text)
    text = _BEARER.sub(rf"\1\2{MASK}", text)
    text = _KEY.sub(MASK, text)
    text = _JWT.sub(MASK, text)
    return _ASSIGNED.sub(rf"\1{MASK}", text)


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
