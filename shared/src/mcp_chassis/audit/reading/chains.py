"""Whether a chain is what was written: its records and its checkpoints, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_chassis.audit.checkpoints import CLOSING
from mcp_chassis.audit.merkle import Tree
from mcp_chassis.audit.reading.checkpoints import Checkpoint, CheckpointFile
from mcp_chassis.audit.reading.expectations import Expectations
from mcp_chassis.audit.reading.faults import Broken, Fault, Word
from mcp_chassis.audit.reading.findings import ChainReport
from mcp_chassis.audit.reading.places import CHECKPOINTS, ChainFolder
from mcp_chassis.audit.reading.records import RecordFiles, Verified
from mcp_chassis.audit.reading.signers import Signers

__all__ = ["ChainVerifier"]

_USUALLY_UNSIGNED = 5_000


class ChainVerifier:
    """Goes through records and checkpoints of one chain side by side."""

    def __init__(self, chain: ChainFolder, signers: Signers, expectations: Expectations) -> None:
        self._chain = chain
        # The lock first: what has ended does not change any more. Then the checkpoints, as they are before any record
        # is read: all that these speak of is there.
        self._held = chain.held()
        self._ended = chain.ended
        self._file = CheckpointFile(chain, signers)
        self._segments = chain.segments()
        self._expectations = expectations
        self._heads = expectations.heads
        self._previous = expectations.of(chain)
        self.report = ChainReport(chain.server, chain.instance)

    def run(self) -> ChainReport:
        """Read all of it.

        Raises:
            OSError: a file cannot be read, or was removed meanwhile.
        """
        report = self.report
        checkpoints = self._checkpoints()
        base = self._base()
        records = RecordFiles(self._chain, self._segments, base)
        try:
            self._walk(records, checkpoints, base)
        except Broken as broken:
            report.faults.append(broken.fault)
        for _ in checkpoints:  # which looks at those that are left
            pass
        self._judge_end()
        self._judge_previous()
        report.notes += [f"{name} is not looked at." for name in self._chain.strangers()]
        return report

    def _base(self) -> Checkpoint | None:
        number = self._segments[0].number if self._segments else 1
        base = self._file.ends_segment(number - 1) if number > 1 else None
        if base is not None:
            self.report.removed = base
        return base

    def _checkpoints(self) -> Iterator[Checkpoint]:
        """Those that are right; the first that is not is reported and ends them."""
        try:
            yield from self._file.verified()
        except Broken as broken:
            self.report.faults.append(broken.fault)

    def _walk(self, records: RecordFiles, checkpoints: Iterator[Checkpoint], base: Checkpoint | None) -> None:
        """Hold each record against the checkpoint at it.

        Raises:
            Broken: a record is not right.
        """
        if not self._segments:
            self._judge_removed(checkpoints)
            return
        report = self.report
        tree = Tree() if base is None else base.tree
        pending = next(checkpoints, None)
        while pending is not None and base is not None and pending.size <= base.size:
            self._meet(pending.size, pending.head)
            report.proven, pending = pending, next(checkpoints, None)
        record: Verified | None = None
        for record in records.verified():
            report.first = report.first or record.seq
            self._note(record)
            tree.extend((bytes.fromhex(record.hash),))
            self._meet(record.seq, record.hash)
            if report.proven is not None and report.proven.reason == "rotation":
                self._judge_segment(record, record.place.file != report.proven.segment, report.proven)
            while pending is not None and pending.size == record.seq:
                self._compare(pending, tree, record, records)
                self._judge_segment(record, record.place.file == pending.segment, pending)
                records.proven = record.seq
                report.proven, pending = pending, next(checkpoints, None)
            report.last, report.head = record.seq, record.hash
        self._judge_cut(records, pending)
        if pending is not None:
            last = report.last or (base.size if base is not None else 0)
            says = f"The log ends before this record, and the checkpoint of {pending.ts} covers {pending.size:,}."
            raise Broken(Fault("truncated", last + 1, CHECKPOINTS, pending.line, says, pending.size))
        if record is not None or base is None:
            self._judge_closing(record)

    def _note(self, record: Verified) -> None:
        """Keep what a record says of removals, and of what was signed late."""
        if record.event == "retention":
            self._expectations.note_retention(self.report.server, record.says)
        signed = record.says.get("signed")
        if record.event == "recovery" and type(signed) is int and signed < record.seq - 1:
            self.report.notes.append(
                f"Records {signed + 1:,}-{record.seq - 1:,} were signed as they were when the chain was closed, at "
                f"{record.says.get('ts')}, and not by the process that wrote them, which was killed."
            )

    def _judge_removed(self, checkpoints: Iterator[Checkpoint]) -> None:
        """A chain without segments: retention leaves so what had ended.

        Raises:
            Broken: it had not ended.
        """
        report = self.report
        last = None
        for last in checkpoints:
            self._meet(last.size, last.head)
        if last is None:
            self._judge_closing(None)
            return
        if last.reason not in CLOSING or self._held:
            says = f"There is no segment, and the checkpoint of {last.ts} covers {last.size:,} records."
            raise Broken(Fault("truncated", 1, CHECKPOINTS, last.line, says, last.size))
        report.proven, report.state, report.removed = last, "closed", last

    def _compare(self, checkpoint: Checkpoint, tree: Tree, record: Verified, records: RecordFiles) -> None:
        """Hold the tree against what a checkpoint signs.

        Raises:
            Broken: they differ, somewhere behind the last record that is proven.
        """
        if record.hash == checkpoint.head and tree.root.hex() == checkpoint.root:
            return
        first, last = _difference(tree, checkpoint)
        first = max(first, records.proven + 1)
        many = f"one of the records {first:,}-{last:,} is" if first < last else "the record is"
        says = (
            f"All hashes fit each other, but not what was signed: {many} another than when the checkpoint of "
            f"{checkpoint.ts} ({CHECKPOINTS}:{checkpoint.line}) was made."
        )
        place = records.find(first) or record.place
        raise Broken(Fault("changed", first, place.file, place.line.number, says, last))

    def _judge_segment(self, record: Verified, is_right: bool, checkpoint: Checkpoint) -> None:
        """Records stand in the segment that checkpoints tell: nobody may move lines from one into the next.

        Raises:
            Broken: this one does not.
        """
        if not is_right:
            says = (
                f"This record stands in another segment than when the checkpoint of {checkpoint.ts} "
                f"({CHECKPOINTS}:{checkpoint.line}) was made."
            )
            place = record.place
            raise Broken(Fault("reordered", record.seq, place.file, place.line.number, says))

    def _meet(self, seq: int, hash_: str) -> None:
        """Cross off what is expected of a record."""
        if self._heads:
            self._heads.discard(hash_)
        if self._previous and (expected := self._previous.get(seq)):
            self._previous[seq] = [previous for previous in expected if previous.hash != hash_]

    def _judge_cut(self, records: RecordFiles, pending: Checkpoint | None) -> None:
        """Say what a last line without its line feed means."""
        if records.cut is None:
            return
        seq = self.report.last + 1
        file, line = records.cut.file, records.cut.line.number
        if pending is not None and pending.size >= seq:
            says = f"The end of this line is not there, and was when the checkpoint of {pending.ts} was made."
            raise Broken(Fault("changed", seq, file, line, says))
        if not self._held:
            says = "This line is cut and nobody is writing it: the process was stopped hard, or a byte was removed."
            raise Broken(Fault("torn", seq, file, line, says))

    def _judge_closing(self, record: Verified | None) -> None:
        """A chain that has no lock file any more is signed to its end; one that has was killed, at whatever moment.

        Raises:
            Broken: it is not.
        """
        proven, last = self.report.proven, self.report.last
        if record is not None and proven is not None and proven.size == last and proven.reason in CLOSING:
            self.report.state = "closed"
        elif (
            not self._ended
            or self._held
            or self._file.cut
            or any(fault.file == CHECKPOINTS for fault in self.report.faults)
        ):
            return
        elif record is not None and record.event in CLOSING:
            says = (
                f"The chain ends with `{record.event}` and the checkpoint over that is not there, nor a `lock` file, "
                "as a chain has whose process was stopped between the two: one of them was removed, or not copied."
            )
            raise Broken(Fault("missing", record.seq, CHECKPOINTS, 0, says))
        else:
            says = (
                "The chain does not end with a checkpoint that closes it, and has no `lock` file, as a chain has that "
                "was not closed: its end was cut off, or that file was not copied."
            )
            raise Broken(Fault("truncated", last + 1, "", 0, says))

    def _judge_end(self) -> None:
        """What the checkpoints' last line and the lock say."""
        report = self.report
        if self._held:
            report.state = "being written"
        elif not report.last and not report.removed and not report.faults:
            report.notes.append("No record is in it.")
        cut = self._file.cut
        if cut is not None and not self._held:
            seq = report.proven.size if report.proven is not None else 0
            says = (
                "This checkpoint is cut and nobody is writing it: the process was stopped hard, or a byte was removed."
            )
            report.faults.append(Fault("torn", seq, CHECKPOINTS, cut.number, says))
        if not self._held and not report.faults and report.unsigned > _USUALLY_UNSIGNED:
            report.notes.append(f"{report.unsigned:,} records without a checkpoint are more than a server leaves.")

    def _judge_previous(self) -> None:
        """What the chains that came later know of this one's end."""
        report = self.report
        if report.faults:
            return
        unmet = [previous for of_seq in self._previous.values() for previous in of_seq]
        for previous in sorted(unmet, key=lambda item: item.seq, reverse=True)[:1]:
            word: Word = "truncated" if previous.seq > report.last else "changed"
            first = report.last + 1 if word == "truncated" else (report.proven.size if report.proven else 0) + 1
            says = (
                f"{previous.by} began when this chain ended with record {previous.seq:,} and the hash {previous.hash}."
            )
            report.faults.append(Fault(word, min(first, previous.seq), "", 0, says, previous.seq))


def _difference(tree: Tree, checkpoint: Checkpoint) -> tuple[int, int]:
    """The records of the first subtree that is not the signed one; of all where they only differ in the head."""
    last, left = 0, tree.size
    for ours, signed in zip(tree.subtrees, checkpoint.subtrees, strict=True):
        width = 1 << (left.bit_length() - 1)
        first, last, left = last + 1, last + width, left - width
        if ours.hex() != signed:
            return first, last
    return tree.size, tree.size
