-- Attacks: the guard must refuse every statement here. A blank line ends a statement.

-- # other kinds of statements

INSERT INTO orders VALUES (1)

UPDATE orders SET total = 0

DELETE FROM orders

MERGE INTO orders o USING customers c ON o.customer_id = c.id WHEN MATCHED THEN DELETE

TRUNCATE orders

DROP TABLE orders

CREATE TABLE x (id int)

CREATE TABLE x AS SELECT 1

CREATE TEMP TABLE x AS SELECT 1

CREATE VIEW x AS SELECT 1

CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'

CREATE EXTENSION adminpack

ALTER TABLE orders ADD COLUMN x int

ALTER SYSTEM SET work_mem = '1GB'

ALTER ROLE postgres SUPERUSER

GRANT ALL ON orders TO public

COMMENT ON TABLE orders IS 'x'

COPY orders TO STDOUT

COPY (SELECT 1) TO '/tmp/guard_copy'

COPY orders FROM PROGRAM 'id'

COPY (SELECT 1) TO PROGRAM 'touch /tmp/guard_program'

DO $$ BEGIN PERFORM pg_sleep(1); END $$

CALL x()

SET work_mem = '1GB'

SET LOCAL work_mem = '1GB'

SET ROLE postgres

SET SESSION AUTHORIZATION postgres

SET TRANSACTION READ WRITE

RESET ALL

DISCARD ALL

BEGIN

START TRANSACTION READ WRITE

COMMIT

ROLLBACK

END

ABORT

SAVEPOINT a

PREPARE TRANSACTION 'x'

PREPARE p AS SELECT 1

EXECUTE p

DEALLOCATE ALL

DECLARE c CURSOR WITH HOLD FOR SELECT 1

FETCH ALL FROM c

CLOSE ALL

LISTEN guard

NOTIFY guard, 'x'

UNLISTEN *

LOCK TABLE orders IN ACCESS EXCLUSIVE MODE

VACUUM orders

ANALYZE orders

CLUSTER

REINDEX TABLE orders

CHECKPOINT

LOAD 'auto_explain'

REFRESH MATERIALIZED VIEW daily

REASSIGN OWNED BY postgres TO postgres

SECURITY LABEL ON TABLE orders IS 'x'

IMPORT FOREIGN SCHEMA x FROM SERVER other INTO public

-- # writing inside a SELECT

SELECT 1 INTO x

SELECT * INTO TEMP x FROM orders

WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d

WITH i AS (INSERT INTO audit (what) VALUES ('x') RETURNING 1) SELECT 1

WITH u AS (UPDATE orders SET total = 0 RETURNING id) SELECT count(*) FROM u

WITH m AS (MERGE INTO orders o USING customers c ON o.customer_id = c.id WHEN MATCHED THEN DELETE RETURNING 1) SELECT 1

WITH a AS (WITH b AS (DELETE FROM orders RETURNING 1) SELECT * FROM b) SELECT * FROM a

SELECT (WITH x AS (INSERT INTO audit (what) VALUES ('x') RETURNING 1) SELECT 1)

WITH x AS (SELECT 1) INSERT INTO audit (what) SELECT 'x' FROM x

SELECT * FROM orders FOR UPDATE

SELECT * FROM orders FOR NO KEY UPDATE SKIP LOCKED

SELECT * FROM orders FOR SHARE

SELECT * FROM (SELECT * FROM orders FOR KEY SHARE) x

SELECT 1 WHERE EXISTS (SELECT 1 FROM orders FOR UPDATE NOWAIT)

WITH x AS (SELECT * FROM orders FOR UPDATE) SELECT * FROM x

EXPLAIN INSERT INTO audit (what) VALUES ('x')

EXPLAIN ANALYZE DELETE FROM orders

EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1

EXPLAIN ANALYZE WITH d AS (DELETE FROM orders RETURNING 1) SELECT 1

EXPLAIN EXECUTE p

EXPLAIN ANALYZE DECLARE c CURSOR FOR SELECT 1

EXPLAIN (ANALYZE) REFRESH MATERIALIZED VIEW daily

EXPLAIN ANALYZE SELECT pg_advisory_lock(3)

EXPLAIN SELECT evil.imm('plan')

EXPLAIN SELECT 1 WHERE evil.imm('x') = 'y'

EXPLAIN SELECT * FROM orders FOR UPDATE

-- # files of the server

SELECT pg_read_file('PG_VERSION')

SELECT pg_catalog.pg_read_file('PG_VERSION')

SELECT "pg_read_file"('PG_VERSION')

SELECT U&"pg_read\005ffile"('PG_VERSION')

SELECT PG_READ_FILE('PG_VERSION')

SELECT pg_read_file /* x */ ('PG_VERSION')

SELECT * FROM pg_read_file('PG_VERSION')

SELECT * FROM ROWS FROM (pg_read_file('PG_VERSION'), generate_series(1, 2)) x

SELECT x FROM orders, LATERAL pg_read_file('PG_VERSION') x

SELECT (pg_read_file('PG_VERSION')).x

SELECT CASE WHEN false THEN pg_read_file('PG_VERSION') END

SELECT 1 ORDER BY pg_read_file('PG_VERSION')

SELECT 1 GROUP BY pg_read_file('PG_VERSION')

SELECT count(*) FILTER (WHERE pg_read_file('PG_VERSION') = 'x') FROM orders

SELECT sum(1) OVER (PARTITION BY pg_read_file('PG_VERSION')) FROM orders

SELECT sum(1) OVER w FROM orders WINDOW w AS (ORDER BY pg_read_file('PG_VERSION'))

SELECT 1 LIMIT length(pg_read_file('PG_VERSION'))

SELECT 1 OFFSET length(pg_read_file('PG_VERSION'))

SELECT DISTINCT ON (pg_read_file('PG_VERSION')) 1

VALUES (pg_read_file('PG_VERSION'))

SELECT ARRAY[pg_read_file('PG_VERSION')]

SELECT ROW(pg_read_file('PG_VERSION'))

SELECT (ARRAY[1])[length(pg_read_file('PG_VERSION'))]

SELECT string_agg(name, pg_read_file('PG_VERSION')) FROM customers

SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY pg_read_file('PG_VERSION')) FROM orders

SELECT coalesce(pg_read_file('PG_VERSION'), 'x')

SELECT 1 WHERE 'x' IN (SELECT pg_read_file('PG_VERSION'))

SELECT 1 FROM orders o JOIN customers c ON pg_read_file('PG_VERSION') = 'x'

SELECT 1 FROM orders HAVING pg_read_file('PG_VERSION') = 'x'

SELECT * FROM json_table(pg_read_file('PG_VERSION')::jsonb, '$' COLUMNS (a int PATH '$'))

SELECT * FROM json_table('{}'::jsonb, '$' PASSING pg_read_file('PG_VERSION') AS x COLUMNS (a int PATH '$'))

SELECT * FROM json_table('{}'::jsonb, '$' COLUMNS (a text PATH '$.a' DEFAULT pg_read_file('PG_VERSION') ON EMPTY))

SELECT json_value('{}', '$.a' DEFAULT pg_read_file('PG_VERSION') ON EMPTY)

SELECT json_object('a': pg_read_file('PG_VERSION'))

SELECT * FROM xmltable('/r' PASSING (pg_read_file('PG_VERSION')::xml) COLUMNS a int PATH '@a')

SELECT xmlelement(name a, pg_read_file('PG_VERSION'))

SELECT * FROM orders TABLESAMPLE SYSTEM (length(pg_read_file('PG_VERSION')))

WITH x AS (SELECT pg_read_file('PG_VERSION') AS t) SELECT t FROM x

SELECT 1 UNION SELECT length(pg_read_file('PG_VERSION'))

SELECT grade(length(pg_read_file('PG_VERSION')))

SELECT length(s => pg_read_file('PG_VERSION'))

SELECT p.pg_read_file FROM unnest(ARRAY['PG_VERSION']) p

SELECT ('PG_VERSION'::text).pg_read_file

SELECT (x.f).pg_read_file FROM (SELECT 'PG_VERSION'::text AS f) x

SELECT s.pg_read_file FROM (SELECT 'PG_VERSION'::text) s, unnest(ARRAY['PG_VERSION']) s2, LATERAL unnest(ARRAY['PG_VERSION']) AS s3, LATERAL (SELECT s3.pg_read_file) s4

SELECT (f).pg_read_file FROM (SELECT 'PG_VERSION'::text AS f) f

SELECT pg_read_binary_file('PG_VERSION')

SELECT pg_read_file('PG_VERSION', 0, 10, true)

SELECT * FROM pg_ls_dir('.')

SELECT pg_ls_dir('.', true, false)

SELECT * FROM pg_ls_logdir()

SELECT * FROM pg_ls_waldir()

SELECT * FROM pg_ls_tmpdir()

SELECT * FROM pg_stat_file('PG_VERSION')

SELECT pg_current_logfile()

SELECT * FROM pg_hba_file_rules

SELECT * FROM pg_hba_file_rules()

SELECT * FROM pg_file_settings

SELECT * FROM pg_ident_file_mappings

SELECT lo_import('/etc/passwd')

SELECT lo_import('/etc/passwd', 99999)

SELECT lo_export(424242, '/tmp/guard_lo_export')

SELECT lo_get(424242)

SELECT lo_put(424242, 0, 'x')

SELECT lo_create(0)

SELECT lo_creat(-1)

SELECT lo_from_bytea(0, 'x')

SELECT lo_unlink(424242)

SELECT loread(lo_open(424242, 262144), 100)

SELECT lowrite(0, 'x')

SELECT data FROM pg_largeobject

SELECT * FROM evil.passwd

SELECT * FROM evil.program

SELECT * FROM evil.family

SELECT count(*) FROM evil.child

-- # other servers

SELECT dblink_connect('dbname=postgres')

SELECT * FROM dblink('dbname=postgres', 'SELECT 1') AS x (a int)

SELECT dblink_exec('dbname=postgres', 'DROP TABLE x')

SELECT public.dblink_send_query('x', 'y')

SELECT dblink_get_connections()

SELECT postgres_fdw_get_connections()

SELECT postgres_fdw_disconnect_all()

-- # locks, settings, sequences, notifications

SELECT pg_advisory_lock(1)

SELECT pg_advisory_lock(1, 2)

SELECT pg_try_advisory_lock(1)

SELECT pg_advisory_xact_lock_shared(1)

SELECT pg_advisory_unlock_all()

SELECT * FROM pg_advisory_lock(1)

SELECT p.pg_advisory_lock FROM generate_series(1, 2) p

SELECT p.pg_try_advisory_lock FROM generate_series(1::bigint, 2) AS p

SELECT set_config('work_mem', '1GB', false)

SELECT set_config('role', 'postgres', true)

SELECT set_limit(0.1)

SELECT nextval('evil.counter')

SELECT nextval('evil.counter'::regclass)

SELECT setval('evil.counter', 100)

SELECT x.nextval FROM CAST('evil.counter' AS regclass) x

SELECT ('evil.counter'::regclass).nextval

SELECT pg_notify('guard', 'x')

SELECT pg_sleep(0.1)

SELECT pg_sleep_for('1 s'), pg_sleep_until(now())

SELECT (0.1::float8).pg_sleep

SELECT 1 WHERE pg_sleep(1) IS NULL

-- # server control, replication, maintenance

SELECT pg_cancel_backend(pg_backend_pid())

SELECT pg_terminate_backend(pid) FROM pg_stat_activity

SELECT (a.pid).pg_cancel_backend FROM pg_stat_activity a

SELECT pg_reload_conf()

SELECT pg_rotate_logfile()

SELECT pg_log_backend_memory_contexts(pg_backend_pid())

SELECT pg_promote()

SELECT pg_switch_wal()

SELECT pg_create_restore_point('x')

SELECT pg_backup_start('x')

SELECT pg_create_physical_replication_slot('x')

SELECT pg_create_logical_replication_slot('x', 'pgoutput')

SELECT pg_drop_replication_slot('x')

SELECT pg_logical_slot_get_changes('x', NULL, NULL)

SELECT pg_logical_emit_message(true, 'a', 'b')

SELECT pg_logical_emit_message(false, 'a', 'b')

SELECT pg_replication_origin_create('x')

SELECT pg_replication_origin_session_setup('x')

SELECT pg_export_snapshot()

SELECT pg_log_standby_snapshot()

SELECT pg_stat_reset()

SELECT pg_stat_reset_shared('bgwriter')

SELECT pg_stat_reset_single_table_counters('orders'::regclass)

SELECT pg_clear_relation_stats('shop', 'orders')

SELECT pg_restore_relation_stats('schemaname', 'shop', 'relname', 'orders', 'relpages', 1)

SELECT brin_summarize_new_values('x')

SELECT gin_clean_pending_list('products_name_idx')

SELECT pg_import_system_collations('shop')

SELECT binary_upgrade_set_next_pg_type_oid(1)

SELECT pg_extension_config_dump('orders', '')

SELECT pg_stop_making_pinned_objects()

SELECT pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')

SELECT pg_prewarm('orders')

SELECT * FROM heap_page_items(get_raw_page('shop.orders', 0))

SELECT heap_force_kill('shop.orders'::regclass, ARRAY['(0,1)']::tid[])

SELECT pg_truncate_visibility_map('shop.orders')

SELECT bt_index_check('shop.orders_pkey')

SELECT * FROM verify_heapam('shop.orders')

SELECT pg_get_wal_record_info('0/1')

SELECT pg_buffercache_evict(1)

SELECT * FROM pgrowlocks('shop.orders')

SELECT currtid2('shop.orders', '(0,1)')

-- # SQL as text

SELECT query_to_xml('SELECT pg_read_file(''PG_VERSION'')', true, true, '')

SELECT query_to_xml_and_xmlschema('SELECT 1', true, true, '')

SELECT cursor_to_xml('c', 1, true, true, '')

SELECT table_to_xml('pg_authid', true, true, '')

SELECT schema_to_xml('secret', true, true, '')

SELECT database_to_xml(true, true, '')

SELECT * FROM ts_stat('SELECT to_tsvector(pg_read_file(''PG_VERSION''))')

SELECT * FROM pg_catalog.ts_stat($$SELECT 'x'::tsvector$$, 'a')

SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, pg_read_file(''PG_VERSION'')::tsquery')

SELECT * FROM crosstab('SELECT 1, 2, 3') AS x (a int, b int)

SELECT * FROM crosstab2('SELECT ''a'', ''b'', pg_read_file(''PG_VERSION'')')

SELECT * FROM connectby('shop.customers', 'id', 'manager_id', '1', 0) AS t (a int, b int, c int)

SELECT pg_input_is_valid('x', 'evil.checked')

SELECT * FROM pg_input_error_info('x', 'evil.checked')

SELECT pg_input_is_valid('x', lower('evil.checked'))

SELECT pg_input_is_valid('x', 'evil/* a */.checked')

SELECT pg_input_is_valid('x', U&'evil.check\0065d')

SELECT domain_in('x', 'evil.checked'::regtype, -1)

SELECT record_in('(1,x)', 'evil.pair'::regtype, -1)

SELECT array_in('{x}', 'evil.checked'::regtype, -1)

-- # secrets of others

SELECT query FROM pg_stat_activity

SELECT * FROM pg_stat_activity

SELECT a.* FROM pg_stat_activity a

SELECT a FROM pg_stat_activity a

SELECT pg_stat_activity FROM pg_stat_activity

SELECT to_jsonb(a) FROM pg_stat_activity a

SELECT a.to_jsonb FROM pg_stat_activity a

SELECT a::text FROM pg_stat_activity a

SELECT (a).query FROM pg_stat_activity a

SELECT length(query) FROM pg_stat_activity

SELECT pid FROM pg_stat_activity WHERE query LIKE '%password%'

SELECT pid FROM pg_stat_activity ORDER BY query

SELECT count(DISTINCT query) FROM pg_stat_activity

SELECT x FROM pg_stat_activity AS a (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, x)

SELECT 1 FROM pg_stat_activity NATURAL JOIN (SELECT 'SELECT 1' AS query) q

SELECT 1 FROM pg_stat_activity JOIN searches USING (query)

SELECT j FROM (pg_stat_activity a JOIN orders o ON true) j

SELECT j.* FROM (pg_stat_activity a JOIN orders o ON true) AS j

TABLE pg_stat_activity

WITH a AS (TABLE pg_catalog.pg_stat_activity) SELECT query FROM a

SELECT (SELECT query FROM pg_stat_activity LIMIT 1)

SELECT x FROM orders, LATERAL (SELECT * FROM pg_stat_activity) x

SELECT pg_stat_get_backend_activity(1)

SELECT * FROM pg_stat_get_activity(NULL)

SELECT (pg_stat_get_activity(NULL)).query

SELECT (pg_stat_get_backend_idset()).pg_stat_get_backend_activity

SELECT x.pg_stat_get_backend_activity FROM pg_stat_get_backend_idset() x

SELECT statement FROM pg_prepared_statements

SELECT * FROM pg_prepared_statement()

SELECT * FROM pg_backend_memory_contexts

SELECT * FROM pg_get_backend_memory_contexts()

SELECT * FROM pg_authid

SELECT rolpassword FROM pg_authid

SELECT a.oid FROM pg_catalog.pg_authid a

SELECT passwd FROM pg_shadow

SELECT * FROM pg_user_mapping

SELECT * FROM pg_user_mappings

SELECT umoptions FROM pg_user_mappings

SELECT srvoptions FROM pg_foreign_server

SELECT * FROM pg_foreign_server

SELECT pg_options_to_table(srvoptions) FROM pg_foreign_server

SELECT * FROM information_schema.user_mapping_options

SELECT * FROM information_schema.foreign_server_options

SELECT subconninfo FROM pg_subscription

SELECT * FROM pg_subscription

SHOW ALL

SHOW primary_conninfo

SHOW ssl_key_file

SHOW data_directory

SHOW hba_file

SHOW "primary_conninfo"

SHOW app.api_key

SELECT current_setting('primary_conninfo')

SELECT current_setting('PRIMARY_CONNINFO', true)

SELECT current_setting(U&'primary\005fconninfo')

SELECT current_setting('primary' || '_conninfo')

SELECT current_setting(name) FROM pg_settings

SELECT pg_catalog.current_setting($1)

SELECT current_setting(setting_name => 'primary_conninfo')

SELECT x.current_setting FROM unnest(ARRAY['primary_conninfo']) x

SELECT ('primary_conninfo'::text).current_setting

SELECT * FROM pg_settings

SELECT setting FROM pg_settings WHERE name = 'primary_conninfo'

SELECT setting FROM pg_settings WHERE name LIKE 'primary%'

SELECT setting FROM pg_settings WHERE name = 'work_mem' OR true

SELECT setting FROM pg_settings WHERE NOT name = 'work_mem'

SELECT setting FROM pg_settings WHERE name <> 'work_mem'

SELECT name FROM pg_settings WHERE name = 'work_mem' AND setting::int > 3

SELECT a.setting FROM pg_settings a, pg_settings b WHERE b.name = 'work_mem'

SELECT setting FROM pg_settings WHERE 'name' = 'work_mem'

SELECT setting FROM pg_settings ORDER BY name = 'work_mem'

SELECT * FROM pg_settings AS s (n, name) WHERE name LIKE 'host=%'

SELECT setting FROM pg_settings WHERE category LIKE '%'

SELECT setting FROM pg_settings WHERE category = 'File Locations'

SELECT setting FROM pg_settings WHERE vartype = 'string'

SELECT setting FROM pg_settings WHERE name ~ 'conn'

SELECT setting FROM pg_settings WHERE name = 'work_mem' OR name ~ '.'

SELECT boot_val FROM pg_settings

SELECT * FROM pg_show_all_settings()

SELECT pg_show_all_settings()

SELECT histogram_bounds FROM pg_stats WHERE tablename = 'pg_authid' AND attname = 'rolpassword'

SELECT * FROM pg_stats

SELECT s FROM pg_stats s WHERE schemaname = 'pg_catalog'

SELECT to_jsonb(s) FROM pg_stats s

SELECT most_common_vals FROM pg_stats WHERE tablename = 'pg_user_mapping'

SELECT most_common_vals FROM pg_stats WHERE tablename IN ('orders', 'pg_db_role_setting')

SELECT * FROM pg_stats WHERE schemaname NOT LIKE 'PG_%'

SELECT * FROM pg_stats WHERE schemaname <> 'public'

SELECT * FROM pg_stats WHERE tablename LIKE '%_auth%'

SELECT * FROM pg_stats WHERE tablename ~ 'auth'

SELECT * FROM pg_stats WHERE tablename = $1

SELECT * FROM pg_stats WHERE tablename = 'orders' OR true

SELECT attname FROM pg_stats WHERE tablename = 'orders' AND most_common_vals::text::int > 0

SELECT s.* FROM pg_stats s, pg_stats o WHERE o.tablename = 'orders'

SELECT s.* FROM pg_stats s, unnest(ARRAY['orders']) AS pg_stats (tablename) WHERE pg_stats.tablename = 'orders'

SELECT most_common_vals FROM pg_stats_ext

SELECT * FROM pg_stats_ext_exprs

SELECT stavalues1 FROM pg_statistic

SELECT * FROM pg_statistic WHERE starelid = 'pg_authid'::regclass

SELECT stxdmcv FROM pg_statistic_ext_data

SELECT * FROM pg_stat_get_wal_receiver()

SELECT pg_stat_get_wal_receiver()

SELECT conninfo FROM pg_stat_wal_receiver

SHOW app.encryption_key

SHOW app."DbPwd"

SELECT current_setting('app.encryption_key')

SELECT current_setting('app.db_pwd', true), current_setting('app.x')

SELECT current_setting('app.jwt_secret')

SELECT current_setting('app.dsn')

SELECT current_setting('app.database_url')

SELECT current_setting('anon.salt')

SELECT current_setting('citus.node_conninfo')

SELECT current_setting('app.http_auth')

SELECT current_setting('primary_conninfoX'::varchar(16))

SELECT setting FROM pg_settings WHERE name = 'primary_conninfoX'::varchar(16)

SELECT setting FROM pg_settings WHERE name OPERATOR(evil.=) 'work_mem'

-- # functions that do more than read

SELECT evil.touch('x')

SELECT evil.touch()

SELECT evil.touch_one('x')

SELECT * FROM evil.touch_one('x')

SELECT evil."touch_one"('x')

SELECT evil.dyn('SELECT 1')

SELECT evil.imm('x')

SELECT evil.nested('x')

SELECT evil.by_default()

SELECT evil.file()

SELECT evil.file_in_plpgsql()

SELECT evil.loop_exec()

SELECT * FROM evil.query_exec()

SELECT evil.cursor_exec()

SELECT evil.in_declaration()

SELECT evil.in_record()

SELECT evil.in_subscript()

SELECT evil.in_raise()

SELECT evil.in_handler()

SELECT evil.in_variable('x')

SELECT evil.assigns('x')

SELECT evil.assigns_row('x')

SELECT evil.atomic('x')

SELECT evil.standard()

SELECT evil.alias('PG_VERSION')

SELECT evil.alias_sleep(1)

SELECT evil.compiled(1)

SELECT evil.as_role()

SELECT evil.definer()

SELECT evil.sets()

SELECT evil.notifies()

SELECT evil.makes()

SELECT * FROM evil.locks()

SELECT evil.with_path()

SELECT evil.fetches()

SELECT evil.nested_blocks()

SELECT evil.gives_domain()

SELECT evil.of_argument('PG_VERSION')

SELECT evil.of_number('PG_VERSION')

SELECT * FROM evil.activity()

SELECT grade(1), (SELECT evil.touch_one('x'))

SELECT tax(length(evil.touch_one('x')))

SELECT total_of(VARIADIC ARRAY[length(evil.touch_one('x'))])

SELECT ('x'::text).of_text FROM orders

-- # written as columns

SELECT o.of_row FROM orders o

SELECT (o).of_row FROM orders o

SELECT orders.of_row FROM orders

SELECT o.of_any FROM orders o

SELECT x.of_any FROM (SELECT 1) x

SELECT (1).of_any

SELECT t.of_text FROM unnest(ARRAY['x']) t

SELECT ARRAY(SELECT o.of_row FROM orders o)

SELECT o.id FROM orders o ORDER BY o.of_row

SELECT (SELECT o.of_row) FROM orders o

-- # aggregates, operators, casts, types

SELECT evil.gather(name) FROM customers

SELECT evil.gather_last(name) FROM customers

SELECT evil.gather_moving(name) OVER (ROWS 2 PRECEDING) FROM customers

SELECT 'a' OPERATOR(evil.===) 'b'

SELECT OPERATOR(evil.!!) 'a'::text

SELECT name FROM customers WHERE name OPERATOR(evil.===) 'x'

SELECT 'a' OPERATOR(evil.===) ANY (ARRAY['a'])

SELECT 'x' OPERATOR(evil.===) ALL (SELECT name FROM customers)

SELECT DISTINCT b FROM evil.boxes

SELECT b FROM evil.boxes ORDER BY b

SELECT b, count(*) FROM evil.boxes GROUP BY b

SELECT b FROM evil.boxes UNION SELECT b FROM evil.boxes

SELECT max(b) OVER (ORDER BY b) FROM evil.boxes

SELECT b FROM evil.boxes ORDER BY b USING OPERATOR(evil.<)

SELECT 1 FROM evil.boxes x JOIN evil.boxes y USING (b)

SELECT greatest(ROW('a')::evil.box, ROW('b')::evil.box)

SELECT ROW('a')::evil.box OPERATOR(evil.=) ROW('b')::evil.box

SELECT t::evil.box FROM evil.boxes

SELECT CAST('x'::text AS evil.box)

SELECT evil.box('x'::text)

SELECT 5::point

SELECT name::bytea FROM customers

SELECT CAST('PG_VERSION'::text AS bytea)

SELECT evil.reads(name) FROM customers

SELECT OPERATOR(evil.@!) 'PG_VERSION'::text

SELECT ROW(5)::evil.spot

SELECT status::int FROM orders

SELECT CAST(status AS integer) FROM orders

SELECT int4(status) FROM orders

SELECT jsonb_populate_record(n, '{"mark": "x"}') FROM notes n

SELECT array_append(array_agg(mark), 'x') FROM notes

SELECT id::point FROM orders

SELECT point(5)

SELECT 'x'::evil.checked

SELECT CAST('x' AS evil.checked)

SELECT evil.checked('x')

SELECT evil.checked 'x'

SELECT 'x'::evil.twice

SELECT ARRAY['x']::evil.checked[]

SELECT ROW(1, 'x')::evil.pair

SELECT '(1,x)'::evil.pair

SELECT * FROM jsonb_populate_record(NULL::evil.pair, '{"a": 1, "b": "x"}')

SELECT * FROM jsonb_to_record('{"b": "x"}') AS r (b evil.checked)

SELECT * FROM json_table('{"b": "x"}'::jsonb, '$' COLUMNS (b evil.checked PATH '$.b'))

SELECT json_value('{"b": "x"}', '$.b' RETURNING evil.checked)

SELECT jsonb_populate_record(w, '{"c": "x"}') FROM evil.with_checked w

SELECT $1::evil.checked

SELECT array_append(NULL::evil.checked[], 'x')

SELECT coalesce(NULL::evil.checked, 'x')

SELECT ROW('a')::evil.box IN (ROW('b')::evil.box)

SELECT nullif(b, b) FROM evil.boxes

SELECT b IS DISTINCT FROM b FROM evil.boxes

SELECT CASE b WHEN b THEN 1 END FROM evil.boxes

SELECT array_position(ARRAY[b], b) FROM evil.boxes

SELECT '[a,b)'::evil.textrange

-- # views, policies, indexes

SELECT * FROM evil.view_of_file

SELECT 1 FROM evil.view_of_touch

SELECT * FROM evil.view_of_view

SELECT rolname FROM evil.view_of_passwords

SELECT pid FROM evil.view_of_queries

SELECT * FROM evil.view_of_sequence

SELECT * FROM evil.view_of_lock

EXPLAIN ANALYZE SELECT * FROM evil.view_of_sequence

SELECT * FROM evil.guarded

SELECT * FROM pg_toast.pg_toast_1255

SELECT count(*) FROM evil.indexed

SELECT count(*) FROM evil.checked_table

-- # hidden deeper

SELECT evil.vfy('a', 'b', 'c')

SELECT evil.outp()

SELECT * FROM evil.tbl()

SELECT evil.setlocal()

SELECT evil.q()

SELECT evil.loopq()

SELECT evil.execus()

SELECT evil.copyf()

SELECT evil.dos()

SELECT evil.lockt()

SELECT evil.selinto()

SELECT evil.ifx()

SELECT evil.rec_attr(o) FROM orders o

SELECT evil.sqlrec(o) FROM orders o

SELECT evil.mutual_a(1)

SELECT evil.shadow()

SELECT evil.lang_dup()

SELECT evil.comment_decl()

SELECT evil.cursor_default()

SELECT evil.cursor_type()

SELECT evil.jsonrec('{}')

SELECT evil.rowvar()

SELECT evil.typevar()

SELECT evil.rowtypevar()

SELECT evil.retq()

SELECT evil.inval()

SELECT evil.arg_dflt_dom()

SELECT * FROM evil.v_cast

SELECT * FROM evil.v_op

SELECT * FROM evil.v_attr

SELECT * FROM evil.v_lateral

SELECT * FROM evil.v_sub

SELECT * FROM evil.v_order

SELECT * FROM evil.v_where

SELECT * FROM evil.v_agg

SELECT * FROM evil.v_settings

SELECT * FROM evil.v_current

SELECT * FROM evil.parted

SELECT * FROM evil.parent

SELECT * FROM evil.pp

SELECT count(*) FROM only evil.parent

SELECT query FROM pg_stat_statements

SELECT * FROM pg_stat_statements

SELECT * FROM pg_stat_statements(true)

SELECT evil.other_products() FROM shop.products
