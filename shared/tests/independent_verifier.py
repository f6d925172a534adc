"""A verifier of audit logs that was written from docs/audit.md alone.

It shares no code with mcp_chassis, so that a mistake in one of the two shows as a disagreement (test_independent.py).
Run it as `python independent_verifier.py DIR [--public-key FILE]... [--expect-head HASH]...`, or give it what
`audit export --proof` has written: `python independent_verifier.py --proof FILE --public-key FILE`. The exit code is 0
when all is intact, 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

LONGEST_LINE = 1024 * 1024
SAFE_INTEGER = 2**53 - 1
SEGMENT = re.compile(r"[0-9]{6,}\.jsonl")
HASH = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
REASONS = {"count", "time", "rotation", "stop", "recovery"}
CLOSED = {"stop", "recovery"}
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Fault(Exception):
    """What is wrong, and where it was noticed; `line` 0 is a whole file or chain."""

    def __init__(self, what: str, file: str = "", line: int = 0) -> None:
        super().__init__(f"{file}:{line}: {what}")
        self.file, self.line = file, line


# --- RFC 8785 -------------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A double as ECMAScript's Number::toString prints it (ECMA-262, 6.1.6.1.20)."""
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value!r}".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    if fraction == "0":
        fraction = ""
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def text(value: str) -> str:
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'


def canonical(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise ValueError("an integer beyond 2^53-1")
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{text(key)}:{canonical(value[key])}" for key in keys) + "}"


def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(items)
    if len(made) != len(items):
        raise ValueError("a key that is there twice")
    return made


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def parsed(line: bytes, file: str, at: int) -> dict[str, Any]:
    """The object of one line, which must be its canonical form."""
    try:
        if len(line) > LONGEST_LINE:
            raise ValueError("longer than 1 MiB")
        made = json.loads(line.decode("utf-8"), object_pairs_hook=pairs, parse_constant=refuse)
        if not isinstance(made, dict) or canonical(made).encode("utf-8") != line:
            raise ValueError("not in canonical form")
    except (ValueError, RecursionError, OverflowError) as exc:
        raise Fault(f"changed: {exc}", file, at) from None
    if made.get("v") != 1 or isinstance(made["v"], bool):
        raise Fault(f"of format {made.get('v')}, this verifier knows 1", file, at)
    return made


def without(value: dict[str, Any], name: str) -> bytes:
    return canonical({key: entry for key, entry in value.items() if key != name}).encode("utf-8")


# --- RFC 6962 -------------------------------------------------------------------------------------------------------


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


@dataclass
class Tree:
    """Grows from its subtrees: (leaves, root) of each, the largest first."""

    parts: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, size: int, subtrees: list[str]) -> Tree:
        sizes = [1 << bit for bit in range(size.bit_length() - 1, -1, -1) if size >> bit & 1]
        if len(sizes) != len(subtrees):
            raise ValueError("as many subtrees as `size` has 1 bits are needed")
        return cls([(leaves, bytes.fromhex(root)) for leaves, root in zip(sizes, subtrees, strict=True)])

    def append(self, digest: str) -> None:
        self.parts.append((1, sha(b"\x00" + bytes.fromhex(digest))))
        while len(self.parts) > 1 and self.parts[-1][0] == self.parts[-2][0]:
            (leaves, right), (_, left) = self.parts.pop(), self.parts.pop()
            self.parts.append((2 * leaves, node(left, right)))

    @property
    def root(self) -> str:
        made = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            made = node(left, made)
        return made.hex()

    @property
    def subtrees(self) -> list[str]:
        return [root.hex() for _, root in self.parts]


# --- Chains ---------------------------------------------------------------------------------------------------------


@dataclass
class Chain:
    """What was found in one chain's folder. `hashes` is by seq; `faults` are in the order in which they were seen."""

    folder: Path
    keys: dict[str, Ed25519PublicKey]
    checkpoints: list[dict[str, Any]] = field(default_factory=list)
    hashes: dict[int, str] = field(default_factory=dict)
    previous: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    size: int = 0
    head: str = ""
    last_event: str = ""

    @property
    def server(self) -> str:
        return self.folder.parent.name

    @property
    def instance(self) -> str:
        return self.folder.name

    def knows(self, seq: int, digest: str) -> bool:
        """Whether record `seq` has this hash, or had it where retention removed the record."""
        first = min(self.hashes, default=self.size + 1)
        return self.hashes.get(seq) == digest or any(
            c["size"] == seq < first and c["head"] == digest for c in self.checkpoints
        )


def held(folder: Path) -> bool:
    try:
        with (folder / "lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def lines(path: Path, name: str, *, writing: bool) -> Iterator[tuple[int, bytes]]:
    data = path.read_bytes() if path.exists() else b""
    *whole, rest = data.split(b"\n")
    yield from enumerate(whole, 1)
    if rest and not writing:
        raise Fault("torn: the last line is cut", name, len(whole) + 1)


def is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_hash(value: object) -> bool:
    return isinstance(value, str) and HASH.fullmatch(value) is not None


def read_checkpoints(chain: Chain, *, writing: bool) -> None:
    name = "checkpoints.jsonl"
    before, size = "0" * 64, 0
    for at, line in lines(chain.folder / name, name, writing=writing):
        made = parsed(line, name, at)
        if (made.get("server"), made.get("instance")) != (chain.server, chain.instance):
            raise Fault("foreign: of another chain", name, at)
        if made.get("prev") != before:
            raise Fault("`prev` is not the line before", name, at)
        before = hashlib.sha256(line).hexdigest()
        check_checkpoint(chain, made, at, size)
        size = made["size"]
        chain.checkpoints.append(made)


def check_checkpoint(chain: Chain, made: dict[str, Any], at: int, size: int) -> None:
    name = "checkpoints.jsonl"
    hashes = [made.get("head"), made.get("root"), *(made.get("subtrees") or [None])]
    if not is_int(made.get("size")) or not all(map(is_hash, hashes)) or made.get("reason") not in REASONS:
        raise Fault("changed: fields that a checkpoint has are not there", name, at)
    if not SEGMENT.fullmatch(str(made.get("segment"))) or not TIME.fullmatch(str(made.get("ts"))):
        raise Fault("changed: fields that a checkpoint has are not there", name, at)
    if made["size"] < size or made["size"] < 1:
        raise Fault("`size` shrinks", name, at)
    try:
        if Tree.of(made["size"], made["subtrees"]).root != made["root"]:
            raise ValueError("the root is not that of the subtrees")
        key = chain.keys.get(str(made.get("key")))
        if key is None:
            raise ValueError(f"foreign: key {made.get('key')} is not among those given")
        if not SIGNATURE.fullmatch(made["signature"]):
            raise ValueError("the signature is not 128 digits")
        key.verify(bytes.fromhex(made["signature"]), without(made, "signature"))
    except (ValueError, TypeError, KeyError) as exc:
        raise Fault(f"changed: {exc}", name, at) from None
    except InvalidSignature:
        raise Fault("changed: the signature is wrong", name, at) from None


def read_records(chain: Chain, *, writing: bool) -> None:
    names = sorted((p.name for p in chain.folder.iterdir() if SEGMENT.fullmatch(p.name)), key=lambda n: int(n[:-6]))
    closing = chain.checkpoints[-1] if chain.checkpoints and chain.checkpoints[-1]["reason"] in CLOSED else None
    if not names:
        if closing is None:
            raise Fault("missing: no segment, and the chain is not closed")
        chain.size, chain.head, chain.last_event = closing["size"], closing["head"], closing["reason"]
        return
    tree = beginning(chain, int(names[0][:-6]))
    for number_, name in enumerate(names, int(names[0][:-6])):
        if int(name[:-6]) != number_:
            raise Fault(f"missing: segment {number_} is not there", name)
        try:
            for at, line in lines(chain.folder / name, name, writing=writing and name == names[-1]):
                read_record(chain, tree, name, at, line)
        except Fault as fault:
            fault.file = fault.file or name
            raise


def beginning(chain: Chain, first: int) -> Tree:
    """The tree before the first segment that is there."""
    if first == 1:
        chain.head = hashlib.sha256(f"mcp-audit/1\n{chain.server}\n{chain.instance}\n".encode()).hexdigest()
        return Tree()
    for made in chain.checkpoints:
        if made["reason"] == "rotation" and int(made["segment"][:-6]) == first - 1:
            chain.size, chain.head = made["size"], made["head"]
            return Tree.of(made["size"], made["subtrees"])
    raise Fault(f"missing: no rotation checkpoint of segment {first - 1}", f"{first:06d}.jsonl", 1)


def read_record(chain: Chain, tree: Tree, name: str, at: int, line: bytes) -> None:
    made = parsed(line, name, at)
    if made.get("instance") != chain.instance:
        raise Fault("foreign: of another chain", name, at)
    if not is_int(made.get("seq")) or made["seq"] != chain.size + 1:
        raise Fault(f"record {chain.size + 1} is expected, not {made.get('seq')}", name, at)
    if hashlib.sha256(without(made, "hash")).hexdigest() != made.get("hash"):
        raise Fault("changed: the hash is not that of the record", name, at)
    if made.get("prev") != chain.head:
        raise Fault("`prev` is not the hash of the record before", name, at)
    if not TIME.fullmatch(str(made.get("ts"))) or not isinstance(made.get("event"), str):
        raise Fault("changed: fields that a record has are not there", name, at)
    chain.size, chain.head, chain.last_event = made["seq"], made["hash"], made["event"]
    chain.hashes[chain.size] = chain.head
    tree.append(chain.head)
    for checkpoint in (c for c in chain.checkpoints if c["size"] == chain.size):
        said = (checkpoint["head"], checkpoint["root"], checkpoint["subtrees"], checkpoint["segment"])
        if said != (chain.head, tree.root, tree.subtrees, name):
            raise Fault("changed: a checkpoint says otherwise", name, at)
    if any(
        c["size"] == chain.size - 1 and c["reason"] == "rotation" and c["segment"] == name for c in chain.checkpoints
    ):
        raise Fault("reordered: a record behind the end of its segment", name, at)
    if chain.last_event == "start" and made.get("previous") is not None:
        chain.previous.append(made["previous"])
    if chain.last_event == "retention":
        chain.removed += made["removed"]


def check_end(chain: Chain, *, writing: bool, locked: bool) -> None:
    last = chain.checkpoints[-1] if chain.checkpoints else None
    for at, made in enumerate(chain.checkpoints, 1):
        if made["size"] > chain.size:
            raise Fault(f"truncated: this covers {made['size']} records", "checkpoints.jsonl", at)
    closed = last is not None and last["reason"] in CLOSED and last["size"] == chain.size
    if not writing and not closed and not locked and chain.last_event in CLOSED:
        raise Fault("missing: the checkpoint that closes the chain is not there", "checkpoints.jsonl")
    if not writing and not closed and not locked:
        raise Fault("truncated: the chain is not closed, and has no `lock`")


def read_chain(folder: Path, keys: dict[str, Ed25519PublicKey]) -> Chain:
    chain = Chain(folder, keys)
    writing, locked = held(folder), (folder / "lock").exists()
    checks: list[Callable[[], None]] = [
        lambda: read_checkpoints(chain, writing=writing),
        lambda: read_records(chain, writing=writing),
        lambda: check_end(chain, writing=writing, locked=locked),
    ]
    for check in checks:
        try:
            check()
        except Fault as fault:
            chain.faults.append(fault)
    return chain


# --- The folder -----------------------------------------------------------------------------------------------------


def loaded(paths: list[Path]) -> dict[str, Ed25519PublicKey]:
    keys = {}
    for path in paths:
        key = load_pem_public_key(path.read_bytes())
        if isinstance(key, Ed25519PublicKey):
            raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
            keys[hashlib.sha256(raw).hexdigest()[:16]] = key
    return keys


def verify(folder: Path, public_keys: list[Path] | None = None, heads: tuple[str, ...] = ()) -> list[Chain]:
    """All chains below an audit folder, with what is wrong in each."""
    keys = loaded(public_keys or sorted((folder / "keys").glob("*.pem")))
    servers = [p for p in sorted(folder.iterdir()) if p.is_dir() and p.name != "keys" and not p.name.startswith(".")]
    chains = [
        read_chain(path, keys)
        for server in servers
        for path in sorted(server.iterdir())
        if path.is_dir() and not path.name.startswith(".")
    ]
    by_name = {(chain.server, chain.instance): chain for chain in chains}
    for chain in chains:
        for said in chain.previous:
            other = by_name.get((chain.server, said["instance"]))
            if other is None:
                chain.faults.append(Fault(f"truncated: chain {said['instance']} is not there"))
            elif not other.knows(said["seq"], said["hash"]):
                other.faults.append(Fault(f"truncated: record {said['seq']} was there"))
    for head in heads:
        if not any(head in c.hashes.values() or any(c.knows(k["size"], head) for k in c.checkpoints) for c in chains):
            raise Fault(f"truncated: no record has the hash {head}")
    return chains


def check_proofs(data: bytes, keys: dict[str, Ed25519PublicKey]) -> int:
    """How many records an export with proofs proves; raises a Fault at the first that it does not."""
    checkpoints: dict[tuple[str, int], dict[str, Any]] = {}
    record: dict[str, Any] | None = None
    proven = 0
    for at, line in enumerate(data.splitlines(), 1):
        made = json.loads(line, object_pairs_hook=pairs)
        if canonical(made).encode() != line:
            raise Fault("not in canonical form", "export", at)
        if "checkpoint" in made:
            said = made["checkpoint"]
            keys[said["key"]].verify(bytes.fromhex(said["signature"]), without(said, "signature"))
            checkpoints[said["instance"], said["size"]] = said
        elif "proof" in made:
            proof = made["proof"]
            if record is None or (record["instance"], record["seq"]) != (proof["instance"], proof["seq"]):
                raise Fault("a proof of another record", "export", at)
            prove(record, proof, checkpoints[proof["instance"], proof["size"]], at)
            record, proven = None, proven + 1
        else:
            record = made
    return proven


def prove(record: dict[str, Any], proof: dict[str, Any], checkpoint: dict[str, Any], at: int) -> None:
    if hashlib.sha256(without(record, "hash")).hexdigest() != record["hash"]:
        raise Fault("the hash is not that of the record", "export", at)
    index, last = proof["seq"] - 1, checkpoint["size"] - 1
    made = sha(b"\x00" + bytes.fromhex(record["hash"]))
    for entry in map(bytes.fromhex, proof["path"]):
        if last == 0:
            raise Fault("the path is too long", "export", at)
        if index % 2 or index == last:
            made = node(entry, made)
            while index % 2 == 0 and index != 0:
                index, last = index >> 1, last >> 1
        else:
            made = node(made, entry)
        index, last = index >> 1, last >> 1
    if last != 0 or made.hex() != checkpoint["root"]:
        raise Fault("the record is not in the tree", "export", at)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--public-key", type=Path, action="append")
    parser.add_argument("--expect-head", action="append", default=[])
    parser.add_argument("--proof", type=Path)
    options = parser.parse_args()
    try:
        if options.proof:
            proven = check_proofs(options.proof.read_bytes(), loaded(options.public_key or []))
            tell(f"{proven} records are proven")
            return 0
        chains = verify(options.folder, options.public_key, tuple(options.expect_head))
    except (Fault, InvalidSignature) as exc:
        tell(str(exc))
        return 1
    for chain in chains:
        found = ", ".join(map(str, chain.faults)) or "intact"
        tell(f"{chain.server}/{chain.instance}: {chain.size} records, head {chain.head}: {found}")
    return 1 if any(chain.faults for chain in chains) else 0


if __name__ == "__main__":
    sys.exit(main())
