"""Which functions of PostgreSQL and of well-known extensions are refused, and why: families as data.

What PostgreSQL brings itself is allowed unless a family names it; a volatile function that no list knows (a newer
server has some) is refused too. Extensions are judged by volatility, by the families, and by `READS` for functions that
are volatile only in name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from re import compile as pattern

from mcp_chassis.postgres.guard.words import words


@dataclass(frozen=True, slots=True)
class Family:
    """Functions that are refused for one reason.

    Args:
        reason: what they do, as the end of "is refused because it ...".
        advice: what to do instead, a whole clause; empty when there is nothing.
        names: function names, `*` stands for any text.
    """

    reason: str
    advice: str
    names: tuple[str, ...]


def _family(reason: str, advice: str, names: str) -> Family:
    return Family(reason, advice, tuple(names.split()))


FAMILIES: tuple[Family, ...] = (
    _family(
        "reads or lists files of the database server",
        "ask for data that is stored in tables",
        """pg_read_file pg_read_file_* pg_read_binary_file pg_read_binary_file_* pg_ls_* pg_stat_file pg_stat_file_*
        pg_current_logfile pg_file_* pg_logdir_ls pg_logfile_rotate pg_read_server_files pg_hba_file_rules
        pg_ident_file_mappings pg_show_all_file_settings pg_get_loaded_modules pg_config utl_file*""",
    ),
    _family(
        "works on large objects",
        "ask for data that is stored in tables",
        "lo_* loread lowrite be_lo_* be_loread be_lowrite",
    ),
    _family(
        "reaches other servers or databases",
        "query this database only",
        "dblink dblink_* *_fdw_handler postgres_fdw_* http http_*",
    ),
    _family(
        "takes or releases locks that outlive the statement",
        "leave it out, reading needs no lock",
        "pg_advisory_* pg_try_advisory_* bt_index_check bt_index_parent_check verify_heapam gin_index_check",
    ),
    _family(
        "changes settings",
        "leave it out, or use AT TIME ZONE and the like inside the query",
        "set_config set_config_by_name set_limit isn_weak",
    ),
    _family(
        "runs SQL that it gets as text",
        "write that query directly",
        """query_to_xml* cursor_to_xml* table_to_xml* schema_to_xml* database_to_xml* ts_stat ts_stat1 ts_stat2
        tsquery_rewrite_query xpath_table crosstab crosstab2 crosstab3 crosstab4 crosstab_hash connectby
        connectby_text* pgrowlocks query_to_json""",
    ),
    _family(
        "signals or controls server processes",
        "ask an operator",
        """pg_cancel_backend pg_terminate_backend pg_reload_conf pg_rotate_logfile pg_rotate_logfile_*
        pg_log_backend_memory_contexts pg_promote pg_wal_replay_pause pg_wal_replay_resume pg_stat_force_next_flush
        pg_execute_server_program""",
    ),
    _family(
        "works on replication, the write-ahead log or backups",
        "ask an operator",
        """pg_create_*_slot pg_copy_*_slot pg_drop_replication_slot pg_replication_slot_advance pg_logical_*
        pg_replication_origin_create pg_replication_origin_drop pg_replication_origin_advance
        pg_replication_origin_session_setup pg_replication_origin_session_reset pg_replication_origin_xact_setup
        pg_replication_origin_xact_reset pg_sync_replication_slots pg_backup_start pg_backup_stop pg_start_backup
        pg_stop_backup pg_switch_wal pg_create_restore_point pg_log_standby_snapshot pg_export_snapshot""",
    ),
    _family(
        "waits",
        "leave it out",
        "pg_sleep pg_sleep_for pg_sleep_until pg_isolation_test_session_is_blocked",
    ),
    _family(
        "changes a sequence",
        "read the sequence with SELECT last_value FROM its name",
        "nextval nextval_oid setval setval_oid setval3_oid pg_nextoid",
    ),
    _family("sends notifications", "leave it out", "pg_notify"),
    _family(
        "changes statistics",
        "ask an operator",
        """pg_stat_reset pg_stat_reset_* pg_stat_statements_reset* pg_stat_clear_snapshot pg_clear_*_stats
        pg_restore_*_stats pg_stat_kcache_reset pg_wait_sampling_reset_profile""",
    ),
    _family(
        "maintains storage or the catalog",
        "ask an operator",
        """brin_summarize_* brin_desummarize_range gin_clean_pending_list pg_import_system_collations binary_upgrade_*
        pg_extension_config_dump pg_stop_making_pinned_objects pg_prewarm autoprewarm_* pg_truncate_visibility_map
        heap_force_* pg_buffercache_evict* pg_buffercache_mark_* lo_manage""",
    ),
    _family(
        "reads raw pages behind the tables",
        "query the tables themselves",
        """get_raw_page* page_* heap_page_* heap_tuple_* tuple_data_split bt_page_* bt_multi_page_* bt_metap
        brin_page_* brin_metapage_* brin_revmap_* gin_page_* gin_metapage_* gin_leafpage_* gist_page_* hash_page_*
        hash_bitmap_* hash_metapage_* fsm_page_contents currtid currtid2 currtid_*""",
    ),
    _family(
        "shows what other sessions run",
        "select from pg_stat_activity without its query column",
        """pg_stat_get_activity pg_stat_get_backend_activity pg_stat_statements pg_stat_statements_1_* pg_stat_monitor
        pg_store_plans pg_show_plans pg_qualstats pg_qualstats_* pg_query_state pg_prepared_statement
        pg_get_backend_memory_contexts pg_get_process_memory_contexts pg_stat_scan_tables""",
    ),
    _family(
        "shows connection strings",
        "select from pg_stat_wal_receiver without its conninfo column",
        "pg_stat_get_wal_receiver",
    ),
    _family(
        "shows settings or options that may be secret",
        "use SHOW or current_setting('name') for one setting",
        "pg_show_all_settings show_all_settings show_config_by_name_* pg_options_to_table postgresql_fdw_validator",
    ),
    _family(
        "is a part of the server that queries do not call",
        "leave it out",
        """*_call_handler *_inline_handler *_validator bthandler hashhandler gisthandler ginhandler spghandler
        brinhandler heap_tableam_handler dsnowball_init dsnowball_lexize amvalidate satisfies_hash_partition
        domain_in domain_recv record_in record_recv array_in array_recv range_in range_recv multirange_in
        multirange_recv""",
    ),
)

SQL_AS_TEXT_ARGS = {"ts_rewrite": 2}
"""Built-in functions that run SQL only when they are called with so many arguments."""

NAMES_IN_TEXT = words("current_setting pg_input_is_valid pg_input_error_info pg_settings_get_flags")
"""Built-in functions that read what their text names; the text must be seen."""

BY_ARGUMENT = NAMES_IN_TEXT | SQL_AS_TEXT_ARGS.keys() | {"show_config_by_name", "show_config_by_name_missing_ok"}
"""Built-in functions, and symbols of such, that are judged by their arguments."""

EXTENSIONS: dict[str, str] = {
    "adminpack": "reads or lists files of the database server",
    "amcheck": "takes locks and checks storage",
    "dblink": "reaches other servers or databases",
    "file_fdw": "reads or lists files of the database server",
    "pageinspect": "reads raw pages behind the tables",
    "pg_cron": "schedules work",
    "pg_logicalinspect": "reads or lists files of the database server",
    "pg_net": "reaches other servers or databases",
    "http": "reaches other servers or databases",
    "pg_surgery": "changes storage",
    "pg_walinspect": "works on replication, the write-ahead log or backups",
    "postgres_fdw": "reaches other servers or databases",
    "plsh": "runs programs on the database server",
}
"""Extensions of which no function is called, with the reason."""

READS = words(
    """
    array_sample array_shuffle bernoulli clock_timestamp current_query currval gen_random_uuid lastval
    pg_available_wal_summaries pg_blocking_pids pg_collation_actual_version pg_control_checkpoint pg_control_init
    pg_control_recovery pg_control_system pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn
    pg_database_collation_actual_version pg_database_size pg_get_aios pg_get_multixact_members pg_get_sequence_data
    pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events pg_get_wal_replay_pause_state
    pg_get_wal_resource_managers pg_get_wal_summarizer_state pg_indexes_size pg_is_in_recovery
    pg_is_in_backup pg_backup_start_time pg_is_wal_replay_paused pg_jit_available pg_last_committed_xact
    pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status
    pg_notification_queue_usage pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_relation_size
    pg_replication_origin_progress pg_replication_origin_session_is_setup pg_replication_origin_session_progress
    pg_safe_snapshot_blocking_pids pg_sequence_last_value pg_show_replication_origin_status pg_stat_get_backend_io
    pg_stat_get_backend_wal pg_stat_get_io pg_stat_get_recovery_prefetch pg_stat_get_xact_* pg_stat_have_stats
    pg_table_size pg_tablespace_size pg_total_relation_size pg_wal_summary_contents pg_xact_commit_timestamp
    pg_xact_commit_timestamp_origin pg_xact_status random random_normal setseed system timeofday txid_status uuidv4
    uuidv7 drandom drandom_normal int4random int8random numeric_random ts_rewrite tsquery_rewrite
    """
)
"""Volatile functions of PostgreSQL that change nothing that stays (setseed: only what random() gives)."""

EXTENSION_READS = words(
    """
    gen_salt gen_random_bytes gen_random_uuid pgp_sym_encrypt pgp_sym_encrypt_bytea pgp_pub_encrypt
    pgp_pub_encrypt_bytea uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuid_generate_v7 normal_rand
    pgstattuple pgstattuple_approx pgstatindex pgstatginindex pgstathashindex pg_relpages pg_freespace
    pg_visibility pg_visibility_map pg_visibility_map_summary pg_check_frozen pg_check_visible
    pg_buffercache_pages pg_buffercache_summary pg_buffercache_usage_counts pg_stat_statements_info
    pg_old_snapshot_time_mapping ssl_is_used ssl_version ssl_cipher ssl_client_cert_present ssl_client_serial
    ssl_client_dn ssl_client_dn_field ssl_issuer_dn ssl_issuer_field ssl_extension_info
    """
)
"""Volatile C functions of extensions that only read."""

_OBJECT_TYPES = frozenset({24, 2202, 2203, 2204, 2205, 2206, 4089})  # regproc to regtype, regnamespace
_OID = 26
_ABOUT_OBJECTS = pattern(r"pg_\w+|has_\w+|\w+_description|row_security_active|format_type|makeaclitem|acldefault")
_NOT_ABOUT_TABLES = pattern(
    r"pg_has_role|pg_get_userbyid|pg_stat_get_db_\w+|pg_database_\w+|pg_tablespace_\w+|pg_index_?am_\w+|pg_ts_\w+|"
    r"pg_(?:collation|conversion|opclass|operator|opfamily)_is_visible|pg_collation_actual_version|"
    r"pg_is_other_temp_schema|has_(?:database|schema|tablespace|language|parameter|server)_privilege"
)
_TELLING = pattern(
    r"to_reg\w+|reg(?:class|type|proc|procedure|oper|operator|namespace)(?:in|out|recv|send)|currval|lastval|"
    r"pg_lock_status|pg_get_publication_tables|pg_get_object_address|pg_get_serial_sequence|pg_stat_have_stats|"
    r"pgstat\w+|pg_relpages|pg_freespace|pg_visibility\w*|pg_buffercache\w*|pg_check_\w+|pgrowlocks"
)

_EXACT: dict[str, Family] = {name: family for family in FAMILIES for name in family.names if "*" not in name}
_GLOBS = [(pattern(translate(name)), family) for family in FAMILIES for name in family.names if "*" in name]
_ANSWERS_BY_ROLE = pattern(r"current_user|row_security_active|pg_has_role|has_\w+_privilege|pg_stat_get_\w+")
_READ_GLOBS = [pattern(translate(name)) for name in READS if "*" in name]


def family_of(names: Iterable[str]) -> Family | None:
    """The family that refuses one of these function names; names of C symbols count too."""
    for name in names:
        if found := _EXACT.get(name):
            return found
        for glob, family in _GLOBS:
            if glob.match(name):
                return family
    return None


def answers_by_role(name: str) -> bool:
    """Whether a function of PostgreSQL answers by who calls it."""
    return _ANSWERS_BY_ROLE.fullmatch(name) is not None


def tells_of_objects(name: str, argtypes: Iterable[tuple[int, ...]]) -> bool:
    """Whether a function, with these argument types, tells of any relation; an allow-list binds those."""
    if _TELLING.fullmatch(name):
        return True
    types = {oid for types in argtypes for oid in types}
    if types & _OBJECT_TYPES:
        return True
    return _OID in types and bool(_ABOUT_OBJECTS.fullmatch(name)) and not _NOT_ABOUT_TABLES.fullmatch(name)


def only_reads(name: str) -> bool:
    """Whether a volatile function of PostgreSQL is known to change nothing."""
    return name in READS or any(glob.match(name) for glob in _READ_GLOBS)
