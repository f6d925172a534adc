"""What a query must not show even to a superuser: other people's SQL, credentials, secret settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mcp_chassis.postgres.guard.settings import SECRET_SETTINGS
from mcp_chassis.postgres.guard.words import words

Holder = Literal["roles", "functions", "modules"]
"""What has settings of its own: roles (ALTER ROLE ... SET), functions (SET), modules that the server has loaded."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Columns of a relation that stay hidden; without names, the whole relation.

    Args:
        what: what they hold.
        columns: the hidden columns.
        advice: what to do instead.
        of: what must hold secret settings for it to be hidden at all; None where that is not asked. Modules are asked
            only where a filter leaves the settings that match a pattern.
    """

    what: str
    columns: frozenset[str] = frozenset()
    advice: str = ""
    of: Holder | None = None


def _columns(what: str, names: str, of: Holder | None = None) -> Hidden:
    hidden = frozenset(names.split())
    advice = f"name the other columns one by one, without {', '.join(sorted(hidden))} and without *"
    return Hidden(what, hidden, advice, of)


_PASSWORDS = Hidden("password hashes", advice="select from pg_roles")
_FILES = Hidden("the server's configuration files", advice="ask an operator")
_LARGE = Hidden("large objects", advice="ask for data that is stored in tables")
_OPTIONS = "options of foreign servers"
_FDW_OPTIONS = Hidden(_OPTIONS, advice="ask an operator")

_OF_FUNCTIONS = "settings of functions that are secret"
_OF_ROLES = "settings of roles that are secret"
_SAMPLES = "values out of the server's own tables"
_STATISTIC_VALUES = "stavalues1 stavalues2 stavalues3 stavalues4 stavalues5"

CATALOGS_WITH_SECRETS = words(
    """
    pg_authid pg_user_mapping pg_foreign_server pg_foreign_table pg_foreign_data_wrapper
    pg_db_role_setting pg_subscription pg_proc pg_largeobject
    """
)
"""Tables of PostgreSQL whose statistics hold values that stay hidden."""

STATISTICS_VALUES = words(
    "most_common_vals most_common_elems histogram_bounds range_bounds_histogram range_length_histogram"
)
_STATISTICS = Hidden(
    _SAMPLES,
    STATISTICS_VALUES,
    "add WHERE schemaname = 'the_schema' or tablename = 'the_table', or leave out most_common_vals, most_common_elems, "
    "histogram_bounds and *",
)

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
    ("pg_catalog", "pg_db_role_setting"): _columns(_OF_ROLES, "setconfig", "roles"),
    ("pg_catalog", "pg_roles"): _columns(_OF_ROLES, "rolconfig", "roles"),
    ("pg_catalog", "pg_user"): _columns(_OF_ROLES, "useconfig", "roles"),
    ("pg_catalog", "pg_proc"): _columns(_OF_FUNCTIONS, "proconfig", "functions"),
    ("pg_catalog", "pg_stats"): _STATISTICS,
    ("pg_catalog", "pg_stats_ext"): _STATISTICS,
    ("pg_catalog", "pg_stats_ext_exprs"): _STATISTICS,
    ("pg_catalog", "pg_statistic"): _columns(_SAMPLES, _STATISTIC_VALUES),
    ("pg_catalog", "pg_statistic_ext_data"): _columns(_SAMPLES, "stxdmcv stxdexpr"),
    ("pg_catalog", "pg_settings"): Hidden(
        "server settings that are secret",
        SETTINGS_VALUES,
        "add WHERE name = 'the_setting' or name IN (...), or leave out setting, boot_val and reset_val",
        "modules",
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

SHOWS_SETTINGS = {
    "pg_get_functiondef": Hidden(_OF_FUNCTIONS, advice="use pg_get_function_arguments(oid) and prosrc", of="functions"),
}
"""Functions that show the settings of others."""

TOAST = Hidden("values cut out of other tables", advice="query those tables")
"""What the relations of pg_toast hold."""

EXTENSION_VIEWS: dict[tuple[str, str], Hidden] = {
    ("pg_stat_statements", "pg_stat_statements"): _columns("what other sessions run", "query"),
}
"""Views by extension and name that are judged by their columns instead of by the C functions behind them."""

EXTENSION_SECRETS: dict[tuple[str, str], Hidden] = {
    ("supabase_vault", "decrypted_secrets"): _columns("secrets of others", "decrypted_secret"),
}
"""Other relations of extensions with hidden columns."""

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
