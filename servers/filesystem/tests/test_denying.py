"""Deny globs: what usually holds secrets, and what only looks like it."""

from __future__ import annotations

import pytest
from mcp_fs_server.denying import SECRETS, Deny

SECRET = Deny(SECRETS)


@pytest.mark.parametrize(
    "path",
    [
        ".env", ".ENV", "app/.env", ".env.local", ".env.production", "prod.env", ".envrc",
        ".env~", ".env-prod", ".env_local", "..env.swp", "proc/1/environ", "proc/1/task/2/environ",
        "id_rsa", "keys/id_ed25519", "id_rsa.bak", "id_rsa_work", "ID_RSA", "id_ecdsa_sk",
        "server.key", "tls/server.pem", "private.pem", "a.p12", "a.pfx", "a.jks", "a.keystore", "a.ppk", "db.kdbx",
        "AuthKey_1.p8", "ssh_host_rsa_key",
        ".ssh", ".ssh/config", ".ssh/known_hosts", "home/.ssh/id_rsa.pub", ".gnupg/trustdb.gpg", ".aws/config",
        ".aws/credentials", ".kube/config", ".azure/token.json", ".docker/config.json", ".config/gcloud/x/y.json",
        ".netrc", "_netrc", ".pgpass", ".npmrc", ".pypirc", ".git-credentials", ".htpasswd", ".my.cnf",
        "x/.docker/config.json", "x/.config/gh/hosts.yml",
        "credentials", "credentials.json", "Credentials.json", "deploy/secrets.yaml", "secrets.toml", "secret.json",
        "client_secret_123.json", "service-account.json", "service_account_key.json", "etc/shadow",
    ],
)  # fmt: skip
def test_secrets_are_denied(path: str) -> None:
    assert SECRET(path, directory=path in {".ssh"})


@pytest.mark.parametrize(
    "path",
    [
        ".env-example", ".env_sample",
        ".env.example", ".env.sample", ".env.template", ".env.production.example", "example.env", "src/env.py",
        "environment.yml", "environ", ".environment", "env",
        "keyboard.py", "monkey.txt", "keys.py", "key.txt", "turkey.md", "hotkeys.json", "public.pem", "id_rsa.pub",
        "deploy.pub.pem", "cert.pem", "server-cert.pem", "fullchain.pem", "cacert.pem", "ca-bundle.pem",
        "id_generator.py", "id_map.json", "id_rsa_parser.py", "identity.py", "ids.csv",
        "credentials.py", "credentials/__init__.py", "test_credentials.json", "credentials_test.go",
        "secrets.py", "secret_santa.txt", "secretary.md", "secrets.md", "lib/secrets/__init__.py",
        "aws/credentials.md", "ssh/config.py", "docker/config.json", "kube/config", "config.json", "token.py",
        "passwords.md", "shadow", "shadow.css", "shadow/x.glsl", "netrc.py", ".ssh.md", "a.pemx", "a.key.py",
        "box.key/part.txt",
        ".env/bin/python", "my.env/lib/x.py", ".gitignore", ".dockerignore", ".config/other/x.json",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_secret_is_not(path: str) -> None:
    assert not SECRET(path)


@pytest.mark.parametrize(
    ("globs", "path", "denied"),
    [
        (["*.bak"], "a/b/c.bak", True),
        (["*.bak"], "a.bak/c", True),  # what lies in a denied directory is denied
        (["*.bak"], "a.bakery", False),
        (["private/"], "x/private/a", True),
        (["private/"], "x/private", False),  # a file of that name
        (["/private"], "private/a", True),
        (["/private"], "x/private/a", False),
        (["a/b"], "a/b/c", True),
        (["a/b"], "x/a/b", False),
        (["a/**/z"], "a/z", True),
        (["a/**/z"], "a/b/c/z", True),
        (["a/**"], "a/b", True),
        (["a/**"], "a", False),
        (["**/x"], "a/x", True),
        (["?.txt"], "a.txt", True),
        (["?.txt"], "ab.txt", False),
        (["*"], "a/b", True),
        (["[ab].txt"], "b.txt", True),
        (["[!ab].txt"], "b.txt", False),
        (["x[[]1].txt"], "x[1].txt", True),
        (["x[[]1].txt"], "x1.txt", False),
        (["[!ab].txt"], "c.txt", True),
        (["*.txt", "!keep.txt"], "keep.txt", False),
        (["*.txt", "!keep.txt", "keep.*"], "keep.txt", True),  # the last one decides
        (["*.txt", "!*.txt"], "a.txt", False),
        (["d/", "!d/a"], "d/a", True),  # nothing in a denied directory is excepted
        (["a.b"], "axb", False),
        (["(x"], "(x", True),
        (["*.txt"], "new\nline.txt", True),
        (["B\u00fccher"], "b\u00dccher", True),
        ([], "a", False),
    ],
)
def test_globs_are_as_in_gitignore(globs: list[str], path: str, denied: bool) -> None:
    assert Deny(globs)(path) is denied


def test_an_entry_is_judged_as_its_path_is() -> None:
    for path in ("a/.env", "a/b.txt", ".ssh", "deep/down/id_rsa"):
        above, _, name = path.rpartition("/")
        assert SECRET.entry(above, name, directory=path == ".ssh") is SECRET(path, directory=path == ".ssh")
