"""Every error that a caller can meet, in one tree.

    ChassisError                     code                  JSON-RPC   retryable
    ├── InvalidArguments             invalid_arguments     -32602     no
    ├── NotFound                     not_found             -32602     no
    ├── Denied                       denied                -32001     no
    ├── ApprovalRequired             approval_required     -32002     yes
    ├── RateLimited                  rate_limited          -32003     yes
    ├── QuotaExhausted               quota_exhausted       -32004     no
    ├── DeadlineExceeded             timeout               -32005     yes
    ├── Cancelled                    cancelled             -32006     yes
    ├── UpstreamUnavailable          upstream_unavailable  -32007     yes
    ├── Conflict                     conflict              -32008     no
    ├── TooLarge                     too_large             -32009     no
    ├── ContentBlocked               content_blocked       -32010     no
    ├── OutcomeUnknown               outcome_unknown       -32011     no
    └── Internal                     internal              -32603     no
    ConfigurationError               (start-up only: one sentence per fault, exit code 2)

A class's docstring is its default message. The message of a `ChassisError` is written for the model that reads it:
one sentence that says what to do next, and nothing that the caller must not see. What really happened goes into the
log as the error's `__cause__`, under the same error id.
"""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = [
    "ApprovalRequired",
    "Cancelled",
    "ChassisError",
    "ConfigurationError",
    "Conflict",
    "ContentBlocked",
    "DeadlineExceeded",
    "Denied",
    "Internal",
    "InvalidArguments",
    "NotFound",
    "OutcomeUnknown",
    "QuotaExhausted",
    "RateLimited",
    "TooLarge",
    "UpstreamUnavailable",
]


class ChassisError(Exception):
    """The call failed."""

    code: ClassVar[str]
    jsonrpc_code: ClassVar[int]
    retryable: ClassVar[bool] = False

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, retry_after_s: float | None = None
    ) -> None:
        """Make an error for the caller.

        Args:
            message: one sentence that is safe to show and says what to do next; the class docstring when missing.
            hint: a second, optional sentence for programs and people who look closer.
            retry_after_s: seconds after which the same call may succeed.
        """
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self.hint = hint
        self.retry_after_s = retry_after_s
        super().__init__(self.message)

    def payload(self, error_id: str) -> dict[str, Any]:
        """The object that programs read in `_meta["io.mcp-chassis/error"]` or in a JSON-RPC error's `data`."""
        payload: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "retryable": self.retryable,
            "error_id": error_id,
        }
        if self.hint is not None:
            payload["hint"] = self.hint
        if self.retry_after_s is not None:
            payload["retry_after_s"] = self.retry_after_s
        return payload

    def text(self, error_id: str) -> str:
        """What the model reads: the sentence, the hint, then `[code, error_id, retry_after_s?]`."""
        tail = [self.code, error_id]
        if self.retry_after_s is not None:
            tail.append(f"retry_after_s={self.retry_after_s:g}")
        sentences = self.message if self.hint is None else f"{self.message} {self.hint}"
        return f"{sentences} [{', '.join(tail)}]"


class InvalidArguments(ChassisError):
    """The arguments do not fit; read the tool's input schema and call again."""

    code = "invalid_arguments"
    jsonrpc_code = -32602


class NotFound(ChassisError):
    """There is nothing of that name; list what there is and call again."""

    code = "not_found"
    jsonrpc_code = -32602


class Denied(ChassisError):
    """You may not do this; ask the operator for the scope it needs."""

    code = "denied"
    jsonrpc_code = -32001


class ApprovalRequired(ChassisError):
    """A person must approve this call first; ask the operator."""

    code = "approval_required"
    jsonrpc_code = -32002
    retryable = True


class RateLimited(ChassisError):
    """Too many calls at once; wait and call again."""

    code = "rate_limited"
    jsonrpc_code = -32003
    retryable = True


class QuotaExhausted(ChassisError):
    """The quota is used up; wait until it is renewed or ask the operator."""

    code = "quota_exhausted"
    jsonrpc_code = -32004


class DeadlineExceeded(ChassisError):
    """The call took too long and was stopped; ask for less and call again."""

    code = "timeout"
    jsonrpc_code = -32005
    retryable = True


class Cancelled(ChassisError):
    """The call was cancelled by the client."""

    code = "cancelled"
    jsonrpc_code = -32006
    retryable = True


class UpstreamUnavailable(ChassisError):
    """The system behind this server does not answer; call again in a few seconds."""

    code = "upstream_unavailable"
    jsonrpc_code = -32007
    retryable = True


class Conflict(ChassisError):
    """What this call builds on has changed; read it anew and call again."""

    code = "conflict"
    jsonrpc_code = -32008


class TooLarge(ChassisError):
    """The input or the result is too large; ask for less and call again."""

    code = "too_large"
    jsonrpc_code = -32009


class ContentBlocked(ChassisError):
    """The content was blocked by a rule of this server."""

    code = "content_blocked"
    jsonrpc_code = -32010


class OutcomeUnknown(ChassisError):
    """It is not known whether the change took place; look before you call again."""

    code = "outcome_unknown"
    jsonrpc_code = -32011


class Internal(ChassisError):
    """The server failed on this call; report the error id to the operator."""

    code = "internal"
    jsonrpc_code = -32603


class ConfigurationError(Exception):
    """The configuration is bad: one clear sentence per fault, shown without a traceback, exit code 2."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))
