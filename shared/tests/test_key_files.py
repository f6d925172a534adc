"""Key files that several servers may make in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from mcp_chassis.audit.keys import make_hmac_key, make_signing_key
from mcp_chassis.key_files import make_key_file
from mcp_chassis.seal import load_or_make_keys


def test_key_file_is_private_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "seal.keys"
    make_key_file(path)
    made = path.read_text()
    make_key_file(path)
    assert path.read_text() == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(made)) == 32
    assert [item.name for item in path.parent.iterdir()] == ["seal.keys"]


def make_and_read(make: Callable[..., None], path: Path) -> bytes:
    make(path, label="a test")
    return path.read_bytes()


@pytest.mark.parametrize(
    "load",
    [partial(make_and_read, make_hmac_key), partial(make_and_read, make_signing_key), load_or_make_keys],
    ids=["hmac", "signing", "seal"],
)
def test_servers_that_start_together_agree_on_the_key(tmp_path: Path, load: object) -> None:
    for number in range(20):
        path, together = tmp_path / str(number) / "key", threading.Barrier(8)
        found: list[object] = []

        def start(path: Path = path, found: list[object] = found, together: threading.Barrier = together) -> None:
            together.wait()
            found.append(load(path))  # type: ignore[operator]

        threads = [threading.Thread(target=start) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len({str(keys) for keys in found}) == 1
