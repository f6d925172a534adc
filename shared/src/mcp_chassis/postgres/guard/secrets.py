"""What a query must not show even to a superuser: other people's SQL, credentials, secret settings."""

from __future__ import annotations

from dataclasses import dataclass

from mcp_chassis.postgres.guard.settings import SECRET_SETTINGS


@dataclass(frozen=True, slots=True)
class Hidden:
    """Columns of a relation that stay hidden; without names, the whole relation.

    Args:
        what: what they hold.
        columns: the hidden columns.
        advice: what to do instead.
    """

    what: str
    columns: frozenset[str] = frozenset()
    advice: str = ""


def _columns(what: str, names: str) -> Hidden:
    hidden = frozenset(names.split())
    return Hidden(what, hidden, f"name the other columns one by one, without {', '.join(sorted(hidden))} and without *")


_PASSWORDS = Hidden("password hashes", advice="select from pg_roles")
_FILES = Hidden("the server's configuration files", advice="ask an operator")
_LARGE = Hidden("large objects", advice="ask for data that is stored in tables")
_OPTIONS = "options of foreign servers"
_FDW_OPTIONS = Hidden(_OPTIONS, advice="ask an operator")

SETTINGS_VALUES = frozenset({"setting", "boot_val", "reset_val"})

RELATIONS: dict[tuple[str, str], Hidden] = {
    ("pg_catalog", "pg_authid"): _PASSWORDS,
    ("pg_catalog", "pg_shadow"): _PASSWORDS,
    ("pg_catalog", "pg_hba_file_rules"): _FILES,
    ("pg_catalog", "pg_ident_file_mappings"): _FILES,
    ("pg_catalog", "pg_file_settings"): _FILES,
    ("pg_catalog", "pg_config"): _FILES,
    ("pg_catalog", "pg_largeobject"): _LARGE,
    ("pg_catalog", "pg_backend_memory_contexts"): Hidden("what sessions run", advice="ask an operator"),
    ("pg_catalog", "pg_stat_activity"): _columns("what other sessions run", "query"),
    ("pg_catalog", "pg_prepared_statements"): _columns("what other sessions run", "statement"),
    ("pg_catalog", "pg_foreign_server"): _columns(_OPTIONS, "srvoptions"),
    ("pg_catalog", "pg_foreign_data_wrapper"): _columns(_OPTIONS, "fdwoptions"),
    ("pg_catalog", "pg_foreign_table"): _columns(_OPTIONS, "ftoptions"),
    ("pg_catalog", "pg_user_mapping"): _columns(_OPTIONS, "umoptions"),
    ("pg_catalog", "pg_user_mappings"): _columns(_OPTIONS, "umoptions"),
    ("pg_catalog", "pg_subscription"): _columns("connection strings", "subconninfo"),
    ("pg_catalog", "pg_stat_wal_receiver"): _columns("connection strings", "conninfo"),
    ("pg_catalog", "pg_db_role_setting"): _columns("settings of roles", "setconfig"),
    ("pg_catalog", "pg_settings"): Hidden(
        "server settings that are secret",
        SETTINGS_VALUES,
        "add WHERE name = 'the_setting' or name IN (...), or leave out setting, boot_val and reset_val",
    ),
    ("information_schema", "foreign_server_options"): _FDW_OPTIONS,
    ("information_schema", "foreign_data_wrapper_options"): _FDW_OPTIONS,
    ("information_schema", "foreign_table_options"): _FDW_OPTIONS,
    ("information_schema", "user_mapping_options"): _FDW_OPTIONS,
    ("information_schema", "_pg_foreign_servers"): _FDW_OPTIONS,
    ("information_schema", "_pg_foreign_data_wrappers"): _FDW_OPTIONS,
    ("information_schema", "_pg_foreign_tables"): _FDW_OPTIONS,
    ("information_schema", "_pg_foreign_table_columns"): _FDW_OPTIONS,
    ("information_schema", "_pg_user_mappings"): _FDW_OPTIONS,
}

TOAST = Hidden("values cut out of other tables", advice="query those tables")
"""What the relations of pg_toast hold."""

EXTENSION_VIEWS: dict[str, Hidden] = {
    "pg_stat_statements": _columns("what other sessions run", "query"),
}
"""Views of extensions over C functions of theirs: judged by their columns instead of by the functions behind them."""

SETTINGS_FILTERS: dict[str, frozenset[str]] = {
    "name": SECRET_SETTINGS,
    "category": frozenset(
        {
            "Connections and Authentication / Authentication",
            "Connections and Authentication / Connection Settings",
            "Connections and Authentication / SSL",
            "Customized Options",
            "File Locations",
            "Replication / Standby Servers",
            "Write-Ahead Log / Archive Recovery",
            "Write-Ahead Log / Archiving",
        }
    ),
    "vartype": frozenset({"string"}),
    "unit": frozenset(),
}
"""Columns of pg_settings by which a query can leave out the secret ones, with what secret ones have there."""
