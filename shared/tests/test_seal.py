"""Sealed tokens: opened by whom they were made for, and by nobody else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.call import Principal
from mcp_chassis.errors import ConfigurationError, InvalidArguments
from mcp_chassis.seal import Sealer, load_keys, load_or_make_keys

ALICE = Principal("alice", "api-key")
OLD, NEW = b"o" * 32, b"n" * 32


def test_a_token_opens_to_its_payload() -> None:
    sealer = Sealer([NEW])
    assert sealer.open("cursor", ALICE, sealer.seal("cursor", ALICE, {"a": [1, "ä"]}, 60)) == {"a": [1, "ä"]}


def test_an_older_key_still_opens() -> None:
    token = Sealer([OLD]).seal("cursor", ALICE, {}, 60)
    assert Sealer([NEW, OLD]).open("cursor", ALICE, token) == {}
    with pytest.raises(InvalidArguments):
        Sealer([NEW]).open("cursor", ALICE, token)


@pytest.mark.parametrize(
    ("purpose", "principal"),
    [
        ("state", ALICE),
        ("cursor", Principal("bob", "api-key")),
        ("cursor", Principal("alice", "api-key", tenant="other")),
        ("cursor", Principal("alice", "api-key", client_id="app")),
    ],
)
def test_a_token_is_bound_to_its_purpose_and_principal(purpose: str, principal: Principal) -> None:
    sealer = Sealer([NEW])
    with pytest.raises(InvalidArguments, match="not one that this server gave to you"):
        sealer.open(purpose, principal, sealer.seal("cursor", ALICE, {}, 60))


def test_an_expired_token_says_so() -> None:
    sealer = Sealer([NEW])
    with pytest.raises(InvalidArguments, match="has expired"):
        sealer.open("cursor", ALICE, sealer.seal("cursor", ALICE, {}, -1))


@given(st.text(max_size=200))
def test_no_text_opens_or_crashes(text: str) -> None:
    with pytest.raises(InvalidArguments):
        Sealer([NEW]).open("cursor", ALICE, text)


def test_no_changed_byte_opens() -> None:
    sealer = Sealer([NEW])
    token = sealer.seal("cursor", ALICE, {"a": 1}, 60)
    for at, character in enumerate(token):
        changed = token[:at] + ("A" if character != "A" else "B") + token[at + 1 :]
        with pytest.raises(InvalidArguments):
            sealer.open("cursor", ALICE, changed)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "seal.keys"
    keys = load_or_make_keys(path)
    assert load_or_make_keys(path) == keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "abc", "00" * 31, "zz" * 32])
def test_a_bad_key_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match="MCP_SEAL_KEYS_FILE"):
        load_keys(path)
