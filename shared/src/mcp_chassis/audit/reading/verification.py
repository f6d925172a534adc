"""Whether a log is what was written: each chain by itself, then what chains and heads kept elsewhere say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mcp_chassis.audit.reading.chains import ChainVerifier
from mcp_chassis.audit.reading.expectations import Expectations
from mcp_chassis.audit.reading.faults import Fault
from mcp_chassis.audit.reading.findings import ChainReport, LogReport
from mcp_chassis.audit.reading.places import ChainFolder, Log, readable
from mcp_chassis.audit.reading.signers import Signers

__all__ = ["verify"]

_TRIES = 5


def verify(log: Log, signers: Signers, heads: Sequence[str] = (), kept_since: str | None = None) -> LogReport:
    """Verify all chains of a log.

    Args:
        heads: hashes of records that must be there.
        kept_since: a time; removed segments with a checkpoint of then or later must be told of by a record.

    Raises:
        ConfigurationError: something cannot be read.
    """
    with readable(log.directory):
        chains = log.chains()
        expectations = Expectations(heads, chains)
        reports = [_verify_chain(chain, signers, expectations) for chain in chains]
        for report in reports:
            _note_removal(report, expectations, kept_since if log.has_all_chains_of_servers else None)
        if log.has_all_chains_of_servers:
            reports += _vanished(expectations, chains)
    return LogReport(reports, sorted(expectations.heads), signers.from_log)


def _verify_chain(chain: ChainFolder, signers: Signers, expectations: Expectations) -> ChainReport:
    for left in reversed(range(_TRIES)):
        try:
            before = chain.extent()
            report = ChainVerifier(chain, signers, expectations).run()
        except FileNotFoundError:  # retention removed a segment just now
            if left:
                continue
            raise
        # What looks like a crash may be an end or a recovery that was being written when it was read.
        if not left or not any(fault.is_of_a_crash for fault in report.faults) or not chain.has_changed(before):
            return report
    raise AssertionError("the last try returns or raises")


def _note_removal(report: ChainReport, expectations: Expectations, kept_since: str | None) -> None:
    last = report.removed
    if last is not None:
        told = (report.server, report.instance, last.size, last.head) in expectations.removals
        if not told and kept_since is not None and last.ts >= kept_since:
            says = f"The checkpoint of {last.ts} covers these, and no record of retention tells of their removal."
            report.faults.append(Fault("missing", 1, "", 0, says, last.size))
            return
        report.notes.append(
            f"Records 1-{last.size:,} were removed with their segments, the last of them signed at {last.ts}; "
            + ("a record of retention tells of it." if told else "no record of retention here tells of it.")
        )


def _vanished(expectations: Expectations, chains: Iterable[ChainFolder]) -> Iterator[ChainReport]:
    for previous in expectations.of_the_vanished(chains):
        says = f"The whole chain is not there, of which {previous.by} says that it had {previous.seq:,} records."
        fault = Fault("missing", 1, "", 0, says, previous.seq)
        yield ChainReport(previous.server, previous.instance, state="not there", faults=[fault])
