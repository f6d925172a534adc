"""The key files of the audit log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from audit_wire import open_log
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)
from mcp_chassis.audit import load_audit_keys, make_audit_keys
from mcp_chassis.errors import ConfigurationError

LABELS = ("--audit-key-file", "--audit-hmac-key-file")


def test_made_keys_are_private_and_go_together(tmp_path: Path) -> None:
    signing, public, hmac_key = make_audit_keys(tmp_path / "new")
    assert [path.stat().st_mode & 0o777 for path in (signing, public, hmac_key)] == [0o600, 0o644, 0o600]
    keys = load_audit_keys(signing, hmac_key, LABELS)
    verifier = load_pem_public_key(public.read_bytes())
    assert isinstance(verifier, ed25519.Ed25519PublicKey)
    verifier.verify(keys.signer.sign(b"x"), b"x")
    assert keys.signer.public_pem == public.read_text()
    assert len(keys.hmac) == 32


@pytest.mark.parametrize("name", ["audit-signing.pem", "audit-signing.pub.pem", "audit-hmac.key"])
def test_no_key_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigurationError, match=f"{name}: already there"):
        make_audit_keys(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def pem(kind: str) -> bytes:
    curve, key = ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
    return {
        "another kind": curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "a password": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
        "nothing": b"",
        "text": b"hunter2",
    }[kind]


@pytest.mark.parametrize("kind", ["another kind", "a password", "nothing", "text"])
def test_a_signing_key_that_is_none_is_told_in_one_sentence(tmp_path: Path, kind: str) -> None:
    signing, _, hmac_key = make_audit_keys(tmp_path)
    signing.write_bytes(pem(kind))
    with pytest.raises(ConfigurationError) as refusal:
        load_audit_keys(signing, hmac_key, LABELS)
    (fault,) = refusal.value.faults
    assert fault.startswith(f"--audit-key-file: {signing} must be")
    assert "audit keygen" in fault
    assert "hunter2" not in fault


def test_all_that_is_wrong_with_the_keys_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_audit_keys(tmp_path / "a", tmp_path / "b", LABELS)
    assert len(refusal.value.faults) == 2


def test_the_public_key_lies_beside_the_log(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.close()
    (published,) = (tmp_path / "audit" / "keys").iterdir()
    assert published.read_text() == (tmp_path / "keys" / "audit-signing.pub.pem").read_text()


def test_over_http_the_keys_are_asked_for_and_what_makes_them_is_named(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[1])
    script = f"import sys; sys.path.insert(0, {tests!r}); from sample_server import make_server; make_server().run()"
    for more in ([], ["--check"]):
        done = subprocess.run(
            [sys.executable, "-c", script, "--transport", "http", "--auth", "none", "--audit-dir", "audit", *more],
            env={"HOME": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        (sentence,) = done.stderr.splitlines()
        assert "`audit keygen DIR`" in sentence
        assert "MCP_AUDIT_KEY_FILE" in sentence
        assert "MCP_AUDIT_HMAC_KEY_FILE" in sentence
    assert not (tmp_path / "audit").exists()
