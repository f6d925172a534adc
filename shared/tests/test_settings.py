"""Where settings come from, which source wins, and how a bad one is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.settings import ChassisSettings, CommaList, Setting
from mcp_chassis.settings.options import options
from mcp_chassis.settings.sources import Environment
from pydantic import Field, SecretStr

KEY = "0123456789abcdef0123456789abcdef"
AUDIT_KEYS = {"audit_key_file": "/etc/mcp/audit-signing.pem", "audit_hmac_key_file": "/etc/mcp/audit-hmac.key"}
HTTP = {"transport": "http", "audit_dir": "/var/lib/audit", **AUDIT_KEYS}
"""Long enough, and of enough different characters, to be a key."""
A_URL = "must be a URL that begins with https:// or http:// and holds no user and no fragment"
ALGORITHMS = "must be of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"


class SampleSettings(ChassisSettings):
    """A server's settings: a secret target with variables of its own, a list, a number."""

    database_url: Annotated[SecretStr | None, Setting(variables=("DATABASE_URL", "DATABASE_URI"), target="URL")] = (
        Field(default=None, description="Where the database is.")
    )
    schemas: CommaList = Field(default=(), description="Schemas to show.")
    max_rows: int = Field(default=10_000, ge=1, description="Most rows of a result.")

    def faults(self) -> Iterator[tuple[tuple[str, ...], str]]:
        yield from super().faults()
        if self.max_rows > 10_000 and not self.schemas:
            yield ("max_rows", "schemas"), "{max_rows} is large; set {schemas} too."


def load(
    flags: dict[str, Any] | None = None, targets: tuple[str, ...] = (), environ: dict[str, str] | None = None
) -> SampleSettings:
    return SampleSettings.load(flags, targets, environ or {})


def faults(
    flags: dict[str, Any] | None = None, targets: tuple[str, ...] = (), environ: dict[str, str] | None = None
) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        load(flags, targets, environ)
    return caught.value.faults


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "mcp.yaml"
    path.write_text("port: 3\nmax-rows: 3\nqueue-wait: 3s\nschemas: [a, b]\n")
    return path


def test_flag_beats_environment_beats_config_file_beats_default(config: Path) -> None:
    environ = {"MCP_CONFIG": str(config), "MCP_PORT": "2", "MCP_MAX_ROWS": "2"}
    settings = load({"port": "1"}, environ=environ)
    assert (settings.port, settings.max_rows, settings.queue_wait, settings.tool_timeout) == (1, 2, 3.0, 30.0)


def test_config_file_of_the_flag_beats_that_of_the_environment(config: Path) -> None:
    assert load({"config": str(config)}, environ={"MCP_CONFIG": "/nowhere.yaml"}).port == 3


def test_every_setting_has_a_description_and_an_mcp_variable() -> None:
    for option in options(SampleSettings):
        assert option.description.endswith("."), option.name
        assert option.variables[0] == f"MCP_{option.name.upper()}"


def test_constructor_reads_neither_environment_nor_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCP_PORT", "1")
    assert SampleSettings(max_rows=5).port == 8080


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"DATABASE_URL": "a://one"}, "a://one"),
        ({"DATABASE_URI": "a://two"}, "a://two"),
        ({"DATABASE_URL": "a://one", "DATABASE_URI": "a://two"}, "a://one"),
        ({"DATABASE_URL": "a://one", "MCP_DATABASE_URL": "a://three"}, "a://three"),  # the prefixed one is meant for us
        ({"DATABASE_URL": "", "DATABASE_URI": "a://two"}, "a://two"),  # empty is not set
    ],
)
def test_unprefixed_variables_of_a_field_are_read(environ: dict[str, str], url: str) -> None:
    secret = load(environ=environ).database_url
    assert secret is not None
    assert secret.get_secret_value() == url


def test_target_beats_the_variables() -> None:
    secret = load(targets=("a://target",), environ={"DATABASE_URL": "a://variable"}).database_url
    assert secret is not None
    assert secret.get_secret_value() == "a://target"


@pytest.mark.parametrize("way", ["flag", "variable", "config"])
def test_secret_is_read_from_the_file_that_is_named(tmp_path: Path, way: str) -> None:
    secret, config = tmp_path / "key", tmp_path / "mcp.yaml"
    secret.write_text(f"{KEY}\n")
    config.write_text(f"api-key-file: {secret}\n")
    settings = {
        "flag": lambda: load({"api_key": str(secret)}),
        "variable": lambda: load(environ={"MCP_API_KEY_FILE": str(secret)}),
        "config": lambda: load({"config": str(config)}),
    }[way]()
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        (
            {"MCP_API_KEY": KEY, "MCP_API_KEY_FILE": "/x"},
            "MCP_API_KEY and MCP_API_KEY_FILE are both set; keep one of them.",
        ),
        (
            {"DATABASE_URL_FILE": "/nowhere/x"},
            "DATABASE_URL_FILE names a file that cannot be read: No such file or directory.",
        ),
        ({"MCP_API_KEY_FILE": "/dev/null"}, "MCP_API_KEY_FILE names a file that is empty."),
    ],
)
def test_secret_file_that_cannot_be_used_is_told(environ: dict[str, str], fault: str) -> None:
    assert faults(environ=environ) == (fault,)


@pytest.mark.parametrize("written", ["true", "1", "yes", "on", "TRUE"])
def test_boolean_variable_can_be_true(written: str) -> None:
    assert load(environ={"MCP_READ_ONLY": written}).read_only is True


@pytest.mark.parametrize("written", ["false", "0", "no", "off"])
def test_boolean_variable_can_be_false(written: str) -> None:
    assert load(environ={"MCP_READ_ONLY": written}).read_only is False


def test_flag_can_take_back_what_a_variable_says() -> None:
    assert load({"read_only": False}, environ={"MCP_READ_ONLY": "true"}).read_only is False


@pytest.mark.parametrize("written", ["a,b", " a , b ,", ["a", "b"], ["a,b"]])
def test_list_is_read_from_commas_and_from_repeated_flags(written: object) -> None:
    assert load({"schemas": written}).schemas == ("a", "b")


@pytest.mark.parametrize("written", [",", " ", [""], [], [" ", ","]])
def test_list_that_came_out_empty_is_not_taken_for_no_list(written: object) -> None:
    (fault,) = faults({"schemas": written})
    assert fault.startswith("--schemas must hold at least one word")


@pytest.mark.parametrize("name", ["schemas", "audit_dir", "public_url", "api_key"])
def test_flag_needs_a_value_where_an_empty_variable_is_not_set(name: str) -> None:
    (fault,) = faults({name: ""})
    assert fault == f"--{name.replace('_', '-').replace('api-key', 'api-key-file')} needs a value."
    assert load(environ={f"MCP_{name.upper()}": ""}).read_only is False


@pytest.mark.parametrize(("transport", "seconds"), [("stdio", 0.0), ("http", 5.0)])
def test_drain_default_follows_the_transport(transport: str, seconds: float) -> None:
    settings = load({**HTTP, "transport": transport, "auth": "none"})
    assert settings.drain_seconds == seconds


@pytest.mark.parametrize(
    ("flags", "environ", "fault"),
    [
        ({"port": "abc"}, {}, "--port must be a whole number, not 'abc'."),
        ({}, {"MCP_PORT": "70000"}, "MCP_PORT must be at most 65535, not '70000'."),
        ({}, {"MCP_READ_ONLY": "maybe"}, "MCP_READ_ONLY must be true or false, not 'maybe'."),
        ({"tool_timeout": "0"}, {}, "--tool-timeout must be greater than 0, not '0'."),
        ({"log_level": "loud"}, {}, "--log-level must be one of debug, info, warning or error, not 'loud'."),
        ({}, {"LOG_LEVEL": "loud"}, "LOG_LEVEL must be one of debug, info, warning or error, not 'loud'."),
        ({"auth": "basic"}, {}, "--auth must be oauth, api-key or none, not 'basic'."),
        ({"auth_issuer": "ldap://x"}, {}, f"--auth-issuer {A_URL}, not 'ldap://x'."),
        ({"auth_issuer": "https://x/?a=b"}, {}, "--auth-issuer must be a URL without a query, not 'https://x/?a=b'."),
        ({"auth_jwks_url": "file:///etc/keys"}, {}, f"--auth-jwks-url {A_URL}, not 'file:///etc/keys'."),
        ({"auth_algorithms": "HS256"}, {}, f"--auth-algorithms {ALGORITHMS}, not 'HS256'."),
        ({"auth_algorithms": "none"}, {}, f"--auth-algorithms {ALGORITHMS}, not 'none'."),
        ({"auth_algorithms": "RS256,HS512"}, {}, f"--auth-algorithms {ALGORITHMS}, not 'RS256,HS512'."),
        ({"host": "http://x"}, {}, "--host must be a host name, an IP address or unix:PATH, not 'http://x'."),
        ({"api_keys_file": "/nowhere"}, {}, "--api-keys-file must be a file that can be read, not '/nowhere'."),
        (
            {"public_url": "ftp://x"},
            {},
            "--public-url must be a URL that begins with https:// or http:// and holds no user and no fragment, "
            "not 'ftp://x'.",
        ),
    ],
)
def test_bad_value_is_one_sentence_that_names_what_was_used(
    flags: dict[str, Any], environ: dict[str, str], fault: str
) -> None:
    assert faults(flags, environ=environ) == (fault,)


@pytest.mark.parametrize("transport", ["sse", "websocket", "SSE"])
def test_transport_that_is_not_offered_names_http(transport: str) -> None:
    (fault,) = faults(environ={"MCP_TRANSPORT": transport})
    assert fault.startswith("MCP_TRANSPORT must be stdio or http")


@pytest.mark.parametrize(
    ("name", "suspects"),
    [
        ("MCP_AUDTI_DIR", ["MCP_AUDTI_DIR is not a setting; did you mean MCP_AUDIT_DIR?"]),
        ("MCP_API_KEY_FLIE", ["MCP_API_KEY_FLIE is not a setting; did you mean MCP_API_KEY_FILE?"]),
        ("MCP_API_KEY_FILE", []),
        ("MCP_LOG_LEVEL", []),
        ("MCP_INSPECTOR_PROXY", []),  # somebody else's
        ("AUDTI_DIR", []),
    ],
)
def test_variable_that_looks_misspelt_is_told(name: str, suspects: list[str]) -> None:
    assert list(Environment.suspects(SampleSettings, {name: "x"})) == suspects


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mcp.yaml"
    path.write_text("prot: 1\nmax-rows: 0\nqueue-wait: {a: b}\n")
    told = faults({"config": str(path), "port": "x"}, environ={"MCP_HOST": "", "MCP_TOOL_TIMEOUT": "soon"})
    assert told == (
        "prot in mcp.yaml is not a setting; did you mean port?",
        "--port must be a whole number, not 'x'.",
        "queue-wait in mcp.yaml must be a duration such as 500ms, 2s, 5m, 8h or 90d.",
        "MCP_TOOL_TIMEOUT must be a duration such as 500ms, 2s, 5m, 8h or 90d, not 'soon'.",
        "max-rows in mcp.yaml must be at least 1, not '0'.",
    )


UNUSABLE = "--config names a file that cannot be used: {path}"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: b: c", f"{UNUSABLE} line 1: is not YAML (mapping values are not allowed in this context)."),
        ("port: 1\nport: 2", f"{UNUSABLE} line 2: port stands there twice."),
        ("port: !int 1", f"{UNUSABLE} line 1: tags (!) are not supported; quote the text."),
        ("- a", "--config names a file that is not a mapping of settings: {path}."),
        ("audit_dir: x", "audit_dir in mcp.yaml is not a setting; did you mean audit-dir?"),
        ("colour: red", "colour in mcp.yaml is not a setting."),
        ("config: x.yaml", "config in mcp.yaml is not a setting."),
    ],
)
def test_bad_config_file_is_told(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "mcp.yaml"
    path.write_text(content)
    assert faults({"config": str(path)}) == (fault.format(path=path),)


def test_what_could_not_be_read_is_not_called_missing_too() -> None:
    assert faults({**HTTP, "auth": "api-key"}, environ={"MCP_API_KEY_FILE": "/nowhere"}) == (
        "MCP_API_KEY_FILE names a file that cannot be read: No such file or directory.",
    )
    assert len(faults({"transport": "http"}, environ={"MCP_CONFIG": "/nowhere.yaml"})) == 1


def test_missing_config_file_is_told() -> None:
    assert faults(environ={"MCP_CONFIG": "/nowhere.yaml"}) == (
        "MCP_CONFIG names a file that cannot be read: /nowhere.yaml: No such file or directory.",
    )


def test_empty_config_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mcp.yaml"
    path.write_text("# nothing yet\nport:\n")
    assert load({"config": str(path)}).port == 8080


@pytest.mark.parametrize(
    "url", ["postgresql://me:hunter2-hunter2@db/x", "not a url but a hunter2-hunter2 secret", "hunter2-hunter2" * 9]
)
def test_no_fault_repeats_a_secret(url: str, tmp_path: Path) -> None:
    path = tmp_path / "mcp.yaml"
    path.write_text("api-key: [hunter2-hunter2]\n")
    told = faults({"host": url, "port": url, "config": str(path)}, (url,), {"MCP_AUTH": url, "MCP_API_KEY": "hunter2"})
    assert told
    assert not [fault for fault in told if "hunter2" in fault and url.startswith("postgresql")]
    assert not [fault for fault in told if "MCP_API_KEY" in fault and "hunter2" in fault]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("short", "is shorter than 32 characters"),
        ("0" * 64, "is a known default or a placeholder"),
        ("changeme-changeme-changeme-changeme-1234", "is a known default or a placeholder"),
        ("<put your very own API key right here 123>", "is a known default or a placeholder"),
        ("grüne-äpfel-0123456789-abcdefghijklmn", "holds white space or other characters that a header cannot carry"),
        ("0123456789 abcdefghijklmnopqrstuvwxyz", "holds white space or other characters that a header cannot carry"),
    ],
)
def test_weak_api_key_is_refused(key: str, reason: str) -> None:
    assert faults(environ={"MCP_API_KEY": key}) == (f"MCP_API_KEY {reason}; make one with `openssl rand -hex 32`.",)


@pytest.mark.parametrize(
    ("flags", "environ", "fault"),
    [
        (
            HTTP,
            {},
            "http must know its callers: set --auth-issuer (MCP_AUTH_ISSUER), --api-keys-file (MCP_API_KEYS_FILE) "
            "or MCP_API_KEY, or --auth none on loopback.",
        ),
        (
            {**HTTP, "auth": "api-key"},
            {},
            "--auth asks for API keys: set --api-keys-file (MCP_API_KEYS_FILE) or MCP_API_KEY.",
        ),
        ({**HTTP, "auth": "none,api-key"}, {"MCP_API_KEY": KEY}, "--auth must not name another method beside none."),
        (
            {**HTTP, "auth": "none"},
            {"MCP_HOST": "10.0.0.1", "MCP_ALLOWED_HOSTS": "x"},
            "--auth may be none on loopback only: change MCP_HOST or configure OAuth or API keys.",
        ),
        ({**HTTP, "auth": "oauth"}, {}, "--auth asks for OAuth: set --auth-issuer (MCP_AUTH_ISSUER)."),
        (
            {**HTTP, "auth_issuer": "https://id.example", "port": "0"},
            {},
            "OAuth needs the URL of this server, for which clients ask their tokens: "
            "set --public-url (MCP_PUBLIC_URL).",
        ),
        (
            {**HTTP, "auth_issuer": "https://id.example", "auth_audience": "api://shop", "host": "unix:/run/x"},
            {"MCP_ALLOWED_HOSTS": "shop"},
            "OAuth needs the URL of this server, for which clients ask their tokens: "
            "set --public-url (MCP_PUBLIC_URL).",
        ),
        (
            {**HTTP, "auth_jwks_url": "https://id.example/jwks"},
            {"MCP_API_KEY": KEY},
            "--auth-jwks-url needs --auth-issuer (MCP_AUTH_ISSUER), whose keys are there.",
        ),
        (
            {**HTTP, "host": "0.0.0.0"},  # noqa: S104 - refused
            {"MCP_API_KEY": KEY},
            "--host is not a loopback address, so say what clients call it: "
            "set --public-url (MCP_PUBLIC_URL) or --allowed-hosts (MCP_ALLOWED_HOSTS).",
        ),
        (
            {**AUDIT_KEYS, "transport": "http", "auth": "none"},
            {},
            "http needs a folder for the audit log: set --audit-dir (MCP_AUDIT_DIR).",
        ),
        (
            {"transport": "http", "auth": "none", "audit_dir": "/var/lib/audit"},
            {},
            "http needs the audit log's keys: make them with `audit keygen DIR`, then set --audit-key-file "
            "(MCP_AUDIT_KEY_FILE) and --audit-hmac-key-file (MCP_AUDIT_HMAC_KEY_FILE).",
        ),
        (
            {"tls_cert_file": __file__},
            {},
            "--tls-cert-file and --tls-key-file (MCP_TLS_KEY_FILE) must be set together.",
        ),
        (
            {"tls_client_ca_file": __file__},
            {},
            "--tls-client-ca-file needs --tls-cert-file (MCP_TLS_CERT_FILE).",
        ),
        ({"max_rows": "20000"}, {}, "--max-rows is large; set --schemas (MCP_SCHEMAS) too."),
    ],
)
def test_settings_that_do_not_go_together_are_refused(
    flags: dict[str, Any], environ: dict[str, str], fault: str
) -> None:
    assert faults(flags, environ=environ) == (fault,)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "unix:/run/mcp.sock"])
def test_none_is_allowed_where_only_this_machine_reaches(host: str) -> None:
    settings = load({**HTTP, "auth": "none", "host": host})
    assert settings.auth_methods == ("none",)
    assert settings.loopback


def test_auth_is_what_is_configured_when_nothing_is_said() -> None:
    assert load(HTTP, environ={"MCP_API_KEY": KEY}).auth_methods == ("api-key",)
    issuer = {"MCP_AUTH_ISSUER": "https://id.example", "MCP_PUBLIC_URL": "https://shop.example"}
    assert load(HTTP, environ=issuer).auth_methods == ("oauth",)
    assert load(HTTP, environ={**issuer, "MCP_API_KEY": KEY}).auth_methods == ("oauth", "api-key")
    assert load({**HTTP, "auth": "api-key"}, environ={**issuer, "MCP_API_KEY": KEY}).auth_methods == ("api-key",)


@pytest.mark.parametrize(
    ("environ", "resource"),
    [
        ({"MCP_PUBLIC_URL": "https://shop.example/"}, "https://shop.example/mcp"),
        ({"MCP_PUBLIC_URL": "https://x.example/shop", "MCP_AUTH_AUDIENCE": "a"}, "https://x.example/shop/mcp"),
        ({"MCP_AUTH_AUDIENCE": "api://shop, http://localhost:1/mcp"}, "http://localhost:1/mcp"),
        ({"MCP_AUTH_AUDIENCE": "api://shop"}, "http://127.0.0.1:8080/mcp"),  # where only this machine reaches it
        ({"MCP_HOST": "::1", "MCP_PORT": "9000"}, "http://[::1]:9000/mcp"),
    ],
)
def test_the_resource_that_clients_ask_tokens_for_is_the_endpoint(environ: dict[str, str], resource: str) -> None:
    assert load(HTTP, environ={"MCP_AUTH_ISSUER": "https://id.example", **environ}).resource_url == resource


def test_secrets_are_known_with_the_password_inside_a_url() -> None:
    settings = load(targets=("postgresql://me:se%20cret-password@db/x",), environ={"MCP_API_KEY": KEY})
    assert set(settings.secrets()) == {
        KEY,
        "postgresql://me:se%20cret-password@db/x",
        "se%20cret-password",
        "se cret-password",
    }
