"""HTTPS with certificates that change while the server runs."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import pytest
from certificates import write_certificate
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.http.tls import ReloadingTls


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def shake_hands(tls: ReloadingTls, client: ssl.SSLContext | None = None, name: str | None = "localhost") -> str:
    """The common name of the server's certificate, by a handshake without a network.

    Raises:
        ssl.SSLError: either side refuses the other.
    """
    if client is None:
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    left = client.wrap_bio(to_client, to_server, server_hostname=name)
    right = tls.context.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(5):
        for side in (left, right):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    der = left.getpeercert(binary_form=True)
    assert der is not None
    (attribute,) = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(attribute.value)


@pytest.mark.parametrize("name", ["localhost", None])
def test_new_handshakes_get_the_new_certificate(tmp_path: Path, name: str | None) -> None:
    clock = Clock()
    certificate, key = write_certificate(tmp_path, "first")
    tls = ReloadingTls(certificate, key, clock=clock)
    assert shake_hands(tls, name=name) == "first"
    write_certificate(tmp_path, "second")
    clock.now += 1
    assert shake_hands(tls, name=name) == "second"


@pytest.mark.parametrize("damage", ["empty", "garbage", "other key", "gone"])
def test_files_that_do_not_fit_keep_the_last_good_certificate(tmp_path: Path, damage: str) -> None:
    clock = Clock()
    certificate, key = write_certificate(tmp_path, "first")
    tls = ReloadingTls(certificate, key, clock=clock)
    if damage == "gone":
        certificate.unlink()
    elif damage == "other key":
        key.write_bytes(write_certificate(tmp_path / "other", "other")[1].read_bytes())
    else:
        certificate.write_text("" if damage == "empty" else "-----BEGIN CERTIFICATE-----\nx\n")
    clock.now += 1
    assert shake_hands(tls) == "first"
    write_certificate(tmp_path, "repaired")
    clock.now += 1
    assert shake_hands(tls) == "repaired"


def test_a_change_in_one_file_and_then_the_other_is_seen(tmp_path: Path) -> None:
    clock = Clock()
    certificate, key = write_certificate(tmp_path, "first")
    tls = ReloadingTls(certificate, key, clock=clock)
    new_certificate, new_key = write_certificate(tmp_path / "new", "second")
    os.replace(new_certificate, certificate)
    clock.now += 1
    assert shake_hands(tls) == "first"
    os.replace(new_key, key)
    clock.now += 1
    assert shake_hands(tls) == "second"


def test_clients_must_show_a_certificate_of_the_ca_of_now(tmp_path: Path) -> None:
    clock = Clock()
    ca, ca_key = write_certificate(tmp_path / "clients", "client")
    certificate, key = write_certificate(tmp_path / "server", "server")
    tls = ReloadingTls(certificate, key, ca, clock=clock)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(ssl.SSLError):
        shake_hands(tls, client)
    client.load_cert_chain(ca, ca_key)
    assert shake_hands(tls, client) == "server"
    write_certificate(tmp_path / "clients", "another CA")
    clock.now += 1
    with pytest.raises(ssl.SSLError):
        shake_hands(tls, client)


def test_a_key_with_a_pass_phrase_is_refused_without_asking_for_it(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, "first")
    private = serialization.load_pem_private_key(key.read_bytes(), None)
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(ConfigurationError, match="the key has a pass phrase"):
        ReloadingTls(certificate, key)


@pytest.mark.parametrize("damage", ["certificate", "key", "ca"])
def test_a_server_does_not_start_on_files_that_are_no_certificates(tmp_path: Path, damage: str) -> None:
    certificate, key = write_certificate(tmp_path, "first")
    ca = tmp_path / "ca.pem"
    ca.write_bytes(certificate.read_bytes())
    {"certificate": certificate, "key": key, "ca": ca}[damage].write_text("nothing")
    with pytest.raises(ConfigurationError, match="TLS files"):
        ReloadingTls(certificate, key, ca)
