"""What is asked of a policy (`Request`) and what it answers (`Decision`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["DATA_CLASSES", "NO_OBLIGATIONS", "AuditLevel", "Decision", "Effect", "Obligations", "RealPath", "Request"]

Effect = Literal["allow", "deny", "approve"]
AuditLevel = Literal["standard", "durable"]

DATA_CLASSES = frozenset({"public", "internal", "confidential", "pii", "phi", "cardholder", "financial"})
"""The labels that servers put on what they give out."""


class RealPath(str):
    """The place that a path leads to, as answers show it; a rule may also name it as it stands on the server."""

    absolute: str

    def __new__(cls, shown: str, absolute: str) -> RealPath:
        """Make one of `root/relative` and of the absolute path."""
        path = super().__new__(cls, shown)
        path.absolute = absolute
        return path


@dataclass(frozen=True, slots=True)
class Request:
    """One call as a policy sees it.

    Args:
        action: `tool:NAME`, `resource:URI` or `prompt:NAME`.
        arguments: JSON values with the defaults filled in; None while they are not known (lists).
        data_classes: the labels of what the call reads; None while they are not known.
        at: when, as Unix time.
        template: the action is a URI template, which stands for every URI of it.
        unknown: names of arguments whose real value is not known yet.
    """

    action: str
    arguments: Mapping[str, Any] | None
    data_classes: frozenset[str] | None = frozenset()
    at: float = 0.0
    template: bool = False
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Obligations:
    """What an allowed call is bound to.

    Args:
        redact_fields: names of columns and fields whose values are masked.
        redact_classes: data classes whose columns and fields are.
        max_rows: most rows of an answer.
        audit: `durable` has the record on disk before the reply, whatever the log's mode.
    """

    redact_fields: frozenset[str] = frozenset()
    redact_classes: frozenset[str] = frozenset()
    max_rows: int | None = None
    audit: AuditLevel = "standard"

    def __bool__(self) -> bool:
        return self != NO_OBLIGATIONS

    def __or__(self, other: Obligations) -> Obligations:
        """Both: whatever one of them masks, the smaller cap, the higher level."""
        caps = [cap for cap in (self.max_rows, other.max_rows) if cap is not None]
        return Obligations(
            self.redact_fields | other.redact_fields,
            self.redact_classes | other.redact_classes,
            min(caps) if caps else None,
            "durable" if "durable" in (self.audit, other.audit) else "standard",
        )


NO_OBLIGATIONS = Obligations()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy says of a call.

    Args:
        rule_ids: the rules that decided; none where nothing allows the call.
        reason: one sentence for operators; callers never see it.
        message: what the deciding rule tells the caller, where it does.
    """

    effect: Effect
    rule_ids: tuple[str, ...]
    obligations: Obligations
    policy_sha256: str
    reason: str = ""
    message: str | None = None
