"""The audit log of one process: who may wait for what, and what happens when it cannot be written."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mcp_chassis.audit.chain import Chain, Clock, Rotation, new_instance
from mcp_chassis.audit.checkpoints import Checkpoints
from mcp_chassis.audit.committer import Committer
from mcp_chassis.audit.keys import AuditKeys
from mcp_chassis.audit.records import Draft, Records
from mcp_chassis.audit.recovery import newest_closed, recover
from mcp_chassis.audit.retention import Sent, old_segments
from mcp_chassis.call import Call, Principal
from mcp_chassis.errors import ConfigurationError, UpstreamUnavailable
from mcp_chassis.redaction import redact

__all__ = ["AuditLog", "AuditState", "Mode", "Options", "unwritable"]

logger = logging.getLogger(__name__)

Mode = Literal["strict", "balanced", "off"]
_REMEMBERED = 4096  # credentials
_HOUR = 3600.0
_AT_ONCE = 1000  # segments


@dataclass(frozen=True, slots=True)
class Options:
    """How a log is kept: when replies wait for the disk, when segments end, how long they stay (seconds)."""

    mode: Mode = "balanced"
    rotation: Rotation = field(default_factory=Rotation)
    retention_s: float | None = None
    pseudonyms: bool = False
    redact: Callable[[str], str] = redact
    """Takes secrets out of what callers chose."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """What metrics and probes ask."""

    writable: bool
    records: int
    unsynced_s: float
    """For how long the oldest record has been written and is not known to be on the disk; 0 when all are."""


class AuditLog:
    """The log of one process; where a call must wait for the disk, `call` gives it what to await."""

    def __init__(
        self,
        directory: Path,
        server: str,
        keys: AuditKeys,
        options: Options = Options(),
        *,
        label: str = "MCP_AUDIT_DIR",
        clock: Clock = time.time,
    ) -> None:
        """Begin a chain, after closing those that processes left which were killed.

        Args:
            label: what a fault calls the setting of the folder.

        Raises:
            ConfigurationError: the folder cannot be written.
        """
        self.directory = directory
        self.server = server
        folder = directory / server
        self.instance = new_instance(folder, clock)
        self._keys = keys
        self._options = options
        self._label = label
        self._records = Records(self.instance, keys.hmac, pseudonyms=options.pseudonyms, redact=options.redact)
        self._used: dict[tuple[str | None, str], None] = {}
        self._owed = 0
        """The number of the last event, which the next reply waits for."""
        self._ended = self._stopped = False
        self._strict = options.mode == "strict"
        self._failure: OSError | None = None
        self._lost = 0
        try:
            keys.signer.publish(directory)
            self._recovered = recover(folder, keys.signer, self.instance, clock)
            self._previous = newest_closed(folder)
            self._chain = Chain(folder, self.instance, options.rotation, clock)
            self._checkpoints = Checkpoints(self._chain.folder, server, keys.signer)
        except OSError as error:
            raise unwritable(label, directory, error) from None
        self._lock = self._chain.lock
        self.sent: Sent = lambda _: None
        """Up to which record a chain (its folder) is in the sink; None where there is no sink."""
        self._cleaned = 0.0
        self._clock = clock
        aside = None if options.retention_s is None else self._clean
        self._committer = Committer(self._chain, self._checkpoints, options.rotation.checkpoint_s, aside=aside)

    @property
    def path(self) -> Path:
        """The segment that is being written."""
        return self._chain.segment.path

    @property
    def where(self) -> str:
        """The chain's folder, for an operator."""
        return str(self._chain.folder)

    @property
    def detail(self) -> str:
        """That folder, and why it cannot be written where it cannot."""
        fault = self._failure or self._committer.fault
        return self.where if fault is None else f"{self.where} cannot be written ({_reason(fault)})"

    @property
    def writable(self) -> bool:
        """Whether the last record could be written, and what was to be on the disk is there."""
        return self._failure is None and self._committer.fault is None

    def state(self) -> AuditState:
        """The log as metrics see it."""
        since = self._committer.unsynced_since
        return AuditState(self.writable, self._chain.sequence, 0.0 if since is None else time.monotonic() - since)

    def call(
        self, call: Call, outcome: str, started: float, summary: Mapping[str, Any] | None, *, durable: bool = False
    ) -> asyncio.Future[None] | None:
        """Record a call that ended.

        Args:
            outcome: `ok`, `input_required` or the code of its error.
            started: `time.monotonic()` at its beginning.
            summary: what may be told of the result (bytes, rows, what its function noted).
            durable: it must be on the disk before the reply.

        Returns:
            What to await before the reply, with `settled`; None when the record is written and that is enough.

        Raises:
            UpstreamUnavailable: the log cannot be written, so the call must not be answered.
        """
        credential = call.principal.credential
        if credential is not None and (call.principal.issuer, credential) not in self._used:
            self._first_use(call.principal, credential)
        draft = self._records.call(call, outcome, time.monotonic() - started, summary)
        with self._lock:
            self._append(draft)
            if durable or self._strict or self._owed > self._committer.synced:
                return self._committer.wait()
            self._committer.appended(sync=False)
        return None

    async def settled(self, written: asyncio.Future[None]) -> None:
        """Wait until a record is on the disk.

        Raises:
            UpstreamUnavailable: it is not known to be there.
        """
        try:
            await written
        except Exception as error:
            raise _refusal() from error

    def event(self, event: str, **details: Any) -> None:
        """Record something that matters and is not a call; it is on the disk before the next reply.

        Raises:
            UpstreamUnavailable: the log cannot be written.
        """
        draft = self._records.event(event, details)
        with self._lock:
            self._append(draft)
            self._owed = self._chain.sequence
            self._committer.appended(sync=True)

    def begin(self, call: Call) -> None:
        """Record that a call is about to change something, so that no change goes unrecorded.

        Its own record comes when it has ended, unless the process is killed before.

        Raises:
            UpstreamUnavailable: the log cannot be written, so nothing must be changed.
        """
        draft = self._records.begun(call)
        with self._lock:
            self._append(draft)
            self._committer.appended(sync=False)

    def flush(self) -> None:
        """Wait until all records are on the disk, and the checkpoints that are due are made.

        Raises:
            UpstreamUnavailable: that failed.
        """
        try:
            self._committer.flush()
        except Exception as error:
            raise _refusal() from error

    def who(self, principal: Principal) -> dict[str, Any]:
        """The members by which records tell who it is."""
        return self._records.who(principal)

    def opened(self, **details: Any) -> None:
        """Record the start, which the first reply waits for, and which shows whether anything can be recorded at all.

        Raises:
            ConfigurationError: it cannot, as on a full disk.
        """
        try:
            self.event(
                "start",
                mode=self._options.mode,
                checkpoint_key=self._keys.signer.key_id,
                previous=self._previous,
                recovered=self._recovered,
                **details,
            )
        except UpstreamUnavailable as error:
            raise unwritable(self._label, self.directory, error.__cause__) from error

    def settle_start(self) -> None:
        """Wait until the start is on the disk.

        Raises:
            ConfigurationError: it cannot be put there.
        """
        try:
            self.flush()
        except UpstreamUnavailable as error:
            raise unwritable(self._label, self.directory, error.__cause__) from error

    def usable(self) -> bool:
        """Whether records can be written now.

        After a failure this tries again, since a server that is not ready gets no call that would.
        """
        if self._failure is not None:
            with suppress(UpstreamUnavailable), self._lock:
                self._resume()
        if self._committer.fault is not None:
            self._committer.retry()
        return self.writable

    def stop(self) -> None:
        """Record the orderly end and close the chain; nothing is recorded after it.

        Raises:
            UpstreamUnavailable: the end could not be recorded; the next start closes the chain.
        """
        draft = self._records.event("stop", {})
        with self._lock:
            self._append(draft)
            self._chain.cut("stop")
            self._ended = True
        self.flush()
        self._stopped = True

    def close(self) -> None:
        """Close the files."""
        self._committer.close()
        self._checkpoints.close()
        self._chain.release(closed=self._stopped)

    def clean_soon(self) -> None:
        """Look for what is older than the retention again, with the next records: what a sink held back may go."""
        self._cleaned = 0.0

    def _clean(self) -> None:
        """Remove what is older than the retention, once an hour; in the committer's thread."""
        now = self._clock()
        if self._options.retention_s is None or now - self._cleaned < _HOUR:
            return
        self._cleaned = now
        try:
            found = list(old_segments(self._chain.folder.parent, now - self._options.retention_s, self.sent))
            for some in (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)):
                self.event("retention", removed=[old.facts for old in some])
                for old in some:
                    old.path.unlink()
        except (OSError, UpstreamUnavailable):
            logger.exception("old segments of the audit log cannot be removed")

    def _append(self, draft: Draft) -> None:
        if self._ended:
            raise _refusal()
        try:
            if self._failure is not None:
                self._resume()
            self._write(draft)
        except UpstreamUnavailable:
            self._lost += 1
            raise

    def _resume(self) -> None:
        """Tell that nothing could be written for a while, and how many records are missing therefore."""
        self._write(self._records.event("resume", {"unrecorded": self._lost}))
        self._failure, self._lost = None, 0
        self._owed = self._chain.sequence
        self._committer.appended(sync=True)

    def _write(self, draft: Draft) -> None:
        try:
            self._chain.append(draft)
        except OSError as error:
            self._failure = error
            raise _refusal() from error

    def _first_use(self, principal: Principal, credential: str) -> None:
        if len(self._used) >= _REMEMBERED:
            del self._used[next(iter(self._used))]
        self.event("key_used", auth_method=principal.auth_method, **self.who(principal))
        self._used[principal.issuer, credential] = None


def _refusal() -> UpstreamUnavailable:
    return UpstreamUnavailable("The audit log cannot be written, so no call is answered.")


def unwritable(label: str, directory: Path, error: BaseException | None) -> ConfigurationError:
    """The fault of a folder that cannot be written; `label` is what it calls its setting."""
    return ConfigurationError(f"{label}: {directory} cannot be written ({_reason(error)}); name a folder that can.")


def _reason(error: BaseException | None) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "no reason given"
