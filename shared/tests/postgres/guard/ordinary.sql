-- Ordinary work: every statement here must pass the guard and then run. A blank line ends a statement.

-- # basics

SELECT 1

SELECT 1;

SELECT 1; -- with a remark

/* before */ SELECT 1 /* after */;

  SELECT
  1

(SELECT 1)

((SELECT 1) UNION ALL (SELECT 2)) ORDER BY 1

VALUES (1, 'a'), (2, 'b')

TABLE orders

TABLE shop.orders

SELECT

WITH a AS (SELECT 1 AS x) SELECT * FROM a

SELECT * FROM orders

SELECT id, total FROM shop.orders WHERE status = 'paid' ORDER BY total DESC LIMIT 5 OFFSET 2

SELECT * FROM orders FETCH FIRST 3 ROWS ONLY

SELECT id FROM orders ORDER BY total FETCH FIRST 3 ROWS WITH TIES

SELECT DISTINCT status FROM orders

SELECT DISTINCT ON (customer_id) customer_id, total FROM orders ORDER BY customer_id, total DESC

SELECT ALL id FROM orders

SELECT o.* FROM orders AS o (nr, client) WHERE o.nr < 3

SELECT o FROM orders o LIMIT 1

SELECT orders FROM orders LIMIT 1

SELECT "id" AS "Größe / m²" FROM "shop"."orders" LIMIT 1

SELECT E'tab\tand \'quote\'', $$dollar$$, $x$quoted 'x'$x$, U&'d\0061t\+000061', B'101', X'1F', 1e3, .5, 0x1F, 1_000

SELECT U&"i\0064" FROM orders LIMIT 1

SELECT 'back\slash'

SELECT 'a'
'c' AS joined

SELECT NULL, true, false, NULL::int

-- # words that are no attack

SELECT 'drop table orders; delete from customers; --'

SELECT 'pg_read_file(''/etc/passwd'')', 'SELECT pg_sleep(10)'

SELECT id AS "delete", total AS "update" FROM orders LIMIT 1

SELECT * FROM "drop table"

SELECT "update set" FROM shop."drop table"

SELECT "delete", query, nextval FROM searches

SELECT s.query, s."delete", s.nextval FROM searches s

SELECT 1 /* insert into x values (1); drop table y */

SELECT 1 -- ; delete from orders

SELECT ';', '--', '/*', $$;$$

SELECT name FROM customers WHERE name ILIKE '%truncate%' OR name LIKE 'grant %'

WITH "insert" AS (SELECT 1 AS "set") SELECT "set" FROM "insert"

SELECT 'copy x to program ''id''' AS "do $$ begin end $$"

SELECT count(*) FILTER (WHERE what LIKE 'DELETE%') FROM audit

SELECT 1 AS lock, 2 AS vacuum, 3 AS execute, 4 AS prepare, 5 AS call

-- # joins and subqueries

SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id

SELECT c.name, o.total FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'

SELECT * FROM customers c FULL JOIN orders o ON o.customer_id = c.id LIMIT 3

SELECT count(*) FROM customers CROSS JOIN products

SELECT id FROM customers NATURAL JOIN (SELECT id FROM orders) o

SELECT * FROM customers JOIN orders USING (id) LIMIT 2

SELECT * FROM (customers c JOIN orders o ON o.customer_id = c.id) AS j (a, b) LIMIT 1

SELECT c.name, latest.total FROM customers c, LATERAL (
    SELECT total FROM orders o WHERE o.customer_id = c.id ORDER BY placed DESC LIMIT 1) latest

SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)

SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 100)

SELECT name FROM customers WHERE id NOT IN (1, 2, 3)

SELECT name FROM customers WHERE id = ANY (ARRAY[1, 2, 3])

SELECT name FROM customers WHERE (id, country) IN (SELECT id, country FROM customers)

SELECT name FROM customers WHERE (id, country) < (5, 'DE')

SELECT total FROM orders WHERE total > ALL (SELECT total FROM orders WHERE id < 5)

SELECT (SELECT max(total) FROM orders) - total FROM orders LIMIT 3

SELECT ARRAY(SELECT id FROM orders ORDER BY id LIMIT 3)

SELECT a.name, b.name FROM customers a JOIN customers b ON b.id = a.manager_id

SELECT * FROM orders WHERE total BETWEEN 10 AND 20 AND id NOT BETWEEN SYMMETRIC 9 AND 3

SELECT id FROM orders UNION SELECT id FROM customers

SELECT id FROM orders INTERSECT SELECT id FROM customers EXCEPT ALL SELECT 1

SELECT x.* FROM (VALUES (1, 'a'), (2, 'b')) AS x (n, t)

-- # aggregates and windows

SELECT status, count(*), sum(total), avg(total), min(placed), max(placed) FROM orders GROUP BY status HAVING count(*) > 1

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total), mode() WITHIN GROUP (ORDER BY status) FROM orders

SELECT percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY total) FROM orders

SELECT rank(50) WITHIN GROUP (ORDER BY total) FROM orders

SELECT string_agg(name, ', ' ORDER BY name), array_agg(DISTINCT country) FROM customers

SELECT json_agg(c), jsonb_object_agg(id, name) FROM customers c

SELECT corr(id, total), stddev(total), var_pop(total), regr_slope(id, total), bool_and(total > 0), bit_or(id) FROM orders

SELECT country, status, sum(total) FROM orders o JOIN customers c ON c.id = customer_id
GROUP BY GROUPING SETS ((country, status), (country), ())

SELECT country, GROUPING(country), count(*) FROM customers GROUP BY ROLLUP (country)

SELECT country, count(*) FROM customers GROUP BY CUBE (country, manager_id)

SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY placed), lag(total) OVER w, sum(total) OVER w FROM orders
WINDOW w AS (PARTITION BY customer_id ORDER BY placed ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)

SELECT id, avg(total) OVER (ORDER BY placed RANGE BETWEEN '1 day' PRECEDING AND CURRENT ROW) FROM orders

SELECT id, ntile(4) OVER (ORDER BY total), first_value(id) OVER (ORDER BY total GROUPS 1 PRECEDING) FROM orders

SELECT date_trunc('month', placed) AS month, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT lag(total, 1, 0) OVER (ORDER BY id) FROM orders LIMIT 2

SELECT width_bucket(total, 0, 700, 7) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket

SELECT shop.first(name) FROM customers

SELECT any_value(name) FROM customers

-- # common table expressions

WITH RECURSIVE tree AS (
    SELECT id, name, 0 AS level FROM customers WHERE manager_id IS NULL
    UNION ALL
    SELECT c.id, c.name, level + 1 FROM customers c JOIN tree t ON c.manager_id = t.id
) SELECT * FROM tree ORDER BY level

WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t

WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b

WITH pg_authid AS (SELECT 'no secret' AS rolname) SELECT * FROM pg_authid

WITH pg_settings AS (SELECT 1 AS setting) SELECT setting FROM pg_settings

WITH RECURSIVE g (id, parent) AS (
    SELECT id, manager_id FROM customers WHERE manager_id IS NULL
    UNION ALL
    SELECT c.id, c.manager_id FROM customers c, g WHERE c.manager_id = g.id
) SEARCH DEPTH FIRST BY id SET path CYCLE id SET looped USING walked SELECT id, path FROM g

WITH x AS (WITH y AS (SELECT 1 AS n) SELECT n FROM y) SELECT n FROM x

-- # functions and operators that PostgreSQL brings

SELECT random(), clock_timestamp(), gen_random_uuid(), timeofday(), now(), current_date, statement_timestamp()

SELECT setseed(0.5), random()

SELECT generate_series(1, 5), unnest(ARRAY['a', 'b'])

SELECT * FROM generate_series('2024-01-01'::date, '2024-01-10', '1 day') d

SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g (n, i)

SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS r (n, t)

SELECT upper(name), lower(name), initcap(name), length(name), left(name, 3), lpad(id::text, 5, '0'), md5(name) FROM customers

SELECT concat_ws('-', id, name), format('%s is %I', name, country), replace(name, 'C', 'K'), split_part(email, '@', 2)
FROM customers

SELECT substring(name FROM 1 FOR 3), position('e' IN name), trim(BOTH 'C' FROM name), overlay(name PLACING 'x' FROM 2) FROM customers

SELECT extract(year FROM placed), date_part('dow', placed), age(placed), to_char(placed, 'YYYY-MM-DD') FROM orders

SELECT placed AT TIME ZONE 'Europe/Berlin', placed + interval '1 day', placed::date - '2024-01-01'::date FROM orders

SELECT name ~ '^C.*1$', name !~* 'x', name SIMILAR TO 'C%', name LIKE 'Cust%' ESCAPE '!' FROM customers

SELECT regexp_replace(name, '\d+', '#', 'g'), regexp_matches(name, '(\d)'), regexp_split_to_array(name, ' ') FROM customers

SELECT coalesce(manager_id, 0), nullif(id, 3), greatest(1, id), least(2, id), id IS DISTINCT FROM 3 FROM customers

SELECT CASE WHEN total > 100 THEN 'big' ELSE 'small' END, CASE status WHEN 'paid' THEN 1 ELSE 0 END FROM orders

SELECT abs(-1), ceil(1.2), round(3.14159, 2), power(2, 10), sqrt(2), ln(10), mod(7, 3), trunc(2.7), sign(-3), 7 % 3, 2 ^ 3, @ -5, |/ 4

SELECT 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 3, 'a' || 'b' || 1

SELECT cast(1 AS text), '1'::int, int '5', numeric(10, 2) '3.14159', date '2024-01-01', interval '1' day, text 'x'

SELECT int4(5.6), text(5), date('2024-01-01'), float8(3)

SELECT array_length(tags, 1), tags[1], tags[1:1], 'all' = ANY (tags), tags @> ARRAY['all'], array_append(tags, 'x'), cardinality(tags) FROM orders

SELECT note -> 'lines' -> 0, note ->> 'channel', note #>> '{lines,1}', note @> '{"channel": "web"}', note ? 'channel' FROM orders

SELECT jsonb_array_elements(note -> 'lines'), jsonb_each_text(note), jsonb_pretty(note), jsonb_typeof(note) FROM orders LIMIT 5

SELECT jsonb_path_query(note, '$.lines[*] ? (@ > 3)'), jsonb_set(note, '{x}', '1'), note - 'lines' FROM orders LIMIT 3

SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS x (a int, b text)

SELECT * FROM jsonb_populate_record(NULL::shop.price, '{"amount": 3, "currency": "EUR"}')

SELECT * FROM json_table('[{"a": 1}]'::jsonb, '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a', e bool EXISTS PATH '$.b'))

SELECT json_value('{"a": 1}', '$.a' RETURNING int), json_query('{"a": [1]}', '$.a'), json_exists('{"a": 1}', '$.a')

SELECT json_object('a': 1), json_array(1, 2), json_arrayagg(id), json_objectagg(id: name) FROM customers

SELECT '{"a": 1}' IS JSON OBJECT, json_scalar(1), json_serialize('{}' RETURNING text), json('{}')

SELECT int4range(1, 5) @> 3, during && tstzrange('2024-01-15', NULL), upper(during), lower_inc(during) FROM orders LIMIT 2

SELECT '{[1,3), [5,8)}'::int4multirange, range_agg(int4range(id, id + 1)) FROM orders WHERE id < 4

SELECT to_tsvector('english', 'the quick foxes') @@ to_tsquery('fox'), ts_rank(body, plainto_tsquery('product')), ts_headline('a product', 'product'::tsquery) FROM products

SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery), websearch_to_tsquery('"a b" -c')

SELECT * FROM ts_debug('english', 'a good day') LIMIT 2

SELECT point(1, 2) <-> point(3, 4), box '((0,0),(1,1))' @> point '(0.5,0.5)', circle '((0,0),1)'

SELECT inet '10.0.0.1' << inet '10.0.0.0/8', host('10.0.0.1/8'), macaddr '08:00:2b:01:02:03'

SELECT encode('abc'::bytea, 'base64'), decode('YWJj', 'base64'), sha256('abc'), convert_from('abc'::bytea, 'UTF8')

SELECT xpath('/a/b/text()', '<a><b>x</b></a>'), xmlelement(name a, xmlattributes(1 AS x), 'y'), xmlforest(1 AS a), xmlagg(xmlelement(name b)) FROM customers

SELECT x.* FROM xmltable('/r/i' PASSING '<r><i n="1"/></r>' COLUMNS n int PATH '@n', o FOR ORDINALITY) x

SELECT (ROW(1, 'a')).f1, ROW(1, 2) = ROW(1, 2), (price).amount, (price).currency FROM products

SELECT (pg_typeof(total)), pg_column_size(total), pg_typeof(NULL::text) FROM orders LIMIT 1

SELECT current_user, session_user, current_database(), current_schema, current_schemas(true), version(), pg_backend_pid()

SELECT txid_current_snapshot(), pg_current_snapshot(), pg_current_xact_id_if_assigned()

SELECT collate_me COLLATE "C" FROM (VALUES ('b'), ('a')) v (collate_me) ORDER BY collate_me COLLATE "C" DESC NULLS LAST

SELECT name FROM customers ORDER BY name USING <

SELECT sum(x) FROM unnest(ARRAY[1, 2, 3]) x

SELECT x FROM generate_series(1, 3) x WHERE x.x > 1

SELECT 1 OPERATOR(pg_catalog.+) 2

SELECT num_nonnulls(1, NULL), array_to_string(ARRAY[1, 2], ','), string_to_array('a,b', ','), to_number('12', '99'), to_date('2024', 'YYYY')

SELECT date_bin('15 minutes', placed, '2024-01-01'), make_date(2024, 1, 1), justify_days('40 days'), (placed, placed) OVERLAPS (now(), now()) FROM orders

SELECT * FROM orders TABLESAMPLE SYSTEM (50) REPEATABLE (3)

SELECT count(*) FROM orders TABLESAMPLE BERNOULLI (10)

SELECT repeat('x', 10), reverse('abc'), translate('abc', 'ab', 'xy'), ascii('a'), chr(97), strpos('abc', 'b'), starts_with('abc', 'a'), quote_literal('x')

SELECT 'infinity'::timestamptz, '-infinity'::date, 'NaN'::numeric, '0044-03-15 BC'::date, '24:00'::time

SELECT 'orders'::regclass, to_regclass('shop.orders'), 'shop.tax(numeric)'::regprocedure, 'orders'::regclass::oid

SELECT pg_relation_size('orders'), pg_total_relation_size('shop.orders'), pg_size_pretty(pg_database_size(current_database()))

-- # extensions

SELECT similarity('word', 'two words'), 'word' % 'words', name <-> 'Product 3' FROM products ORDER BY name <-> 'Product 3' LIMIT 3

SELECT attributes -> 'tier', attributes ? 'tier', akeys(attributes), attributes || 'x=>1'::hstore FROM customers LIMIT 2

SELECT (each(attributes)).key FROM customers LIMIT 2

SELECT nickname = 'NICK1', nickname LIKE 'nick%', count(*) FROM customers GROUP BY nickname ORDER BY nickname

SELECT DISTINCT nickname FROM customers

SELECT path <@ 'top', subpath(path, 1), nlevel(path), path ~ '*.group1' FROM products ORDER BY path

SELECT id, embedding <-> '[1,2,3]' AS distance FROM products ORDER BY embedding <-> '[1,2,3]' LIMIT 3

SELECT embedding <=> '[1,2,3]'::vector, embedding <#> '[1,2,3]', l2_distance(embedding, '[1,1,1]'), avg(embedding) OVER () FROM products

SELECT levenshtein('a', 'b'), soundex('Anne'), metaphone('Thomas', 4), dmetaphone('x')

SELECT unaccent('Hôtel'), cube(1, 2) @> cube(1), earth_distance(ll_to_earth(1, 2), ll_to_earth(3, 4))

SELECT ARRAY[1, 2, 3] & ARRAY[2, 3], sort(ARRAY[3, 1, 2]), '1&2'::query_int

SELECT * FROM normal_rand(3, 5, 2)

SELECT count(*) FROM orders TABLESAMPLE SYSTEM_ROWS (5)

SELECT * FROM pgstattuple('shop.orders')

-- # functions of the team

SELECT tax(100), shop.tax(100, 0.07), tax(rate => 0.07, amount => 10), tax(amount := 5)

SELECT id, tax(total), grade(total) FROM orders LIMIT 5

SELECT c.name, order_count(c.id), order_sum(c.id) FROM customers c LIMIT 3

SELECT c.label, label(c), (c).label FROM customers c LIMIT 2

SELECT * FROM recent()

SELECT * FROM recent(days => 100000) r JOIN orders o ON o.id = r.id

SELECT (recent(5)).*

SELECT factorial(10), total_of(1, 2, 3), total_of(VARIADIC ARRAY[1, 2]), own_path(), careful()

SELECT pick(1, 2), pick('a'::text, NULL)

SELECT * FROM orders_of(3)

SELECT o.total FROM customers c, LATERAL orders_of(c.id) o LIMIT 3

SELECT * FROM table_of(600)

SELECT * FROM ROWS FROM (table_of(600), generate_series(1, 2)) AS x

SELECT is_large(200), is_large(total) FROM orders LIMIT 1

SELECT price ~=~ ROW(1, 'USD')::price, price OPERATOR(shop.~=~) price FROM products

SELECT 5::numeric::price, CAST(7.5 AS shop.price), (5.0::price).amount

SELECT 'a@b'::email, 'a@b'::shop.email, 'ABCD'::code, email('x@y')

SELECT code, email FROM products, customers LIMIT 2

SELECT ROW(1, 'EUR')::price, ARRAY[ROW(1, 'EUR')::price]

SELECT '[1.5,2.5]'::floatrange, floatrange(1, 2) && floatrange(1.5, 3)

SELECT status, count(*) FROM orders WHERE status >= 'paid' GROUP BY status ORDER BY status

SELECT enum_range(NULL::order_status), 'new'::shop.order_status < 'paid'

SELECT sum(grade::text::int) FROM (SELECT 1 AS grade) x

-- # views, partitions, policies, catalogs

SELECT * FROM order_totals ORDER BY total DESC LIMIT 3

SELECT * FROM shop.graded WHERE grade = 'large'

SELECT * FROM daily

SELECT count(*) FROM events WHERE happened >= '2025-01-01'

SELECT tableoid::regclass, count(*) FROM events GROUP BY 1

SELECT count(*) FROM ONLY events

SELECT * FROM events_2024 LIMIT 1

SELECT * FROM tenants

SELECT id, body FROM notes

SELECT * FROM sessions

SELECT 'abc'::bytea, '\x00'::bytea

SELECT * FROM team

SELECT last_value, is_called FROM numbers

SELECT ctid, xmin, * FROM orders LIMIT 1

SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'shop'

SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = 'orders'

SELECT * FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage k USING (constraint_name)

SELECT relname, reltuples, relkind FROM pg_class WHERE relnamespace = 'shop'::regnamespace

SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum), pg_get_expr(d.adbin, d.adrelid)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LIMIT 5

SELECT * FROM pg_indexes WHERE schemaname = 'shop'

SELECT * FROM pg_stat_user_tables

SELECT * FROM pg_statio_user_tables

SELECT * FROM pg_stat_user_indexes

SELECT * FROM pg_stats WHERE tablename = 'orders'

SELECT * FROM pg_stat_database

SELECT * FROM pg_stat_bgwriter

SELECT * FROM pg_locks

SELECT * FROM pg_roles

SELECT * FROM pg_user

SELECT rolname FROM pg_roles WHERE rolcanlogin

SELECT * FROM pg_extension

SELECT * FROM pg_available_extensions

SELECT * FROM pg_timezone_names LIMIT 1

SELECT * FROM pg_tables

SELECT * FROM pg_views WHERE schemaname = 'shop'

SELECT * FROM pg_sequences

SELECT * FROM pg_matviews

SELECT * FROM pg_constraint WHERE conrelid = 'shop.orders'::regclass

SELECT pg_get_viewdef('shop.order_totals'::regclass), pg_get_functiondef('shop.grade'::regproc), obj_description('orders'::regclass)

SELECT * FROM pg_policies

SELECT * FROM pg_replication_slots

SELECT * FROM pg_stat_replication

SELECT srvname FROM pg_foreign_server

SELECT state, count(*) FROM pg_stat_activity GROUP BY state

SELECT a.pid, a.usename, a.state, a.wait_event, a.xact_start, now() - a.query_start AS running FROM pg_stat_activity a WHERE a.state <> 'idle'

SELECT a.pid, l.mode FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid

SELECT pid, pg_blocking_pids(pid) FROM pg_catalog.pg_stat_activity

SELECT x.* FROM (SELECT pid, state FROM pg_stat_activity) x

SELECT name, setting, unit FROM pg_settings WHERE name = 'work_mem'

SELECT name, setting FROM pg_settings WHERE name IN ('work_mem', 'shared_buffers', 'max_connections')

SELECT * FROM pg_settings WHERE name LIKE 'autovacuum%' ORDER BY name

SELECT s.setting FROM pg_settings s WHERE s.name ILIKE '%mem%' AND s.unit = 'kB'

SELECT name, category, short_desc FROM pg_settings

SELECT name, setting FROM pg_settings WHERE category = 'Autovacuum'

SELECT name, setting FROM pg_settings WHERE category LIKE 'Resource Usage%' AND vartype = 'integer'

SELECT name, setting FROM pg_settings WHERE name ~ '^autovacuum' OR name = 'work_mem'

SELECT name, setting || unit FROM pg_settings WHERE unit = 'kB'

SELECT * FROM pg_cursors

SELECT current_setting('TimeZone'), current_setting('work_mem'), current_setting('app.tenant', true)

SELECT has_table_privilege('orders', 'SELECT'), pg_has_role('pg_monitor', 'MEMBER'), pg_table_is_visible('orders'::regclass)

SELECT pg_is_in_recovery(), pg_postmaster_start_time(), pg_current_wal_lsn(), inet_server_port(), pg_conf_load_time()

SELECT attname, n_distinct, null_frac FROM pg_stats WHERE tablename = 'orders'

SELECT tablename, attname, null_frac, avg_width, n_distinct, correlation FROM pg_stats ORDER BY 1, 2

SELECT attname, most_common_vals, histogram_bounds FROM pg_catalog.pg_stats s WHERE s.schemaname = 'shop' AND s.tablename = 'orders'

SELECT v, f FROM pg_stats s, unnest(most_common_vals::text::text[], most_common_freqs) AS t (v, f) WHERE tablename = 'orders' AND attname = 'status'

SELECT * FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')

SELECT * FROM pg_stats WHERE schemaname NOT LIKE 'pg_%' AND schemaname <> 'information_schema'

SELECT * FROM pg_stats WHERE schemaname !~ '^pg_' ORDER BY n_distinct DESC LIMIT 10

SELECT * FROM pg_stats WHERE tablename IN ('orders', 'customers')

SELECT * FROM pg_stats WHERE tablename LIKE 'order%'

SELECT schemaname, count(*) FROM pg_stats GROUP BY 1

SELECT starelid::regclass, staattnum, stanullfrac, stawidth FROM pg_statistic

SELECT statistics_name, n_distinct, dependencies FROM pg_stats_ext

SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolconnlimit, r.rolvaliduntil, r.rolreplication, r.rolbypassrls
FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY 1

SELECT n.nspname, p.proname, pg_catalog.pg_get_function_result(p.oid), pg_catalog.pg_get_function_arguments(p.oid), p.prokind
FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE pg_catalog.pg_function_is_visible(p.oid) AND n.nspname <> 'pg_catalog' ORDER BY 1, 2, 4

SELECT p.oid AS poid, p.*, pg_catalog.pg_get_expr(p.proargdefaults, 0) AS arg_defaults FROM pg_catalog.pg_proc p WHERE p.proname = 'grade'

SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting

SELECT pid, status, latest_end_lsn FROM pg_stat_wal_receiver

SELECT current_setting('app.tenant_id', true), current_setting('app.current_user', true), current_setting('request.jwt.claims', true)

SELECT current_setting('app.max_tokens', true), current_setting('app.partition_key', true), current_setting('app.password_min_length', true)

-- # explain and show

EXPLAIN SELECT * FROM orders

EXPLAIN ANALYZE SELECT count(*) FROM orders

EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM orders WHERE id = 3

EXPLAIN (ANALYZE false, VERBOSE, COSTS off, SETTINGS) WITH x AS (SELECT 1) SELECT * FROM x

EXPLAIN VERBOSE (SELECT 1)

EXPLAIN VALUES (1)

EXPLAIN TABLE orders

SHOW server_version

SHOW work_mem

SHOW search_path

SHOW TIME ZONE

SHOW TRANSACTION ISOLATION LEVEL

SHOW session_authorization;

-- # a longer day

SELECT * FROM shop.v_lateral

SELECT * FROM shop.v_json

SELECT * FROM shop.v_filter

SELECT * FROM shop.v_setop

SELECT * FROM shop.v_window2

SELECT * FROM shop.v_values

SELECT * FROM shop.v_ordinality

SELECT * FROM shop.v_rowsfrom

SELECT * FROM shop.v_sample

SELECT * FROM shop.v_jsontable

SELECT * FROM shop.v_enum

SELECT * FROM shop.v_domain

SELECT * FROM shop.v_vector

SELECT * FROM shop.v_trgm

SELECT * FROM shop.v_hstore

SELECT * FROM shop.v_citext

SELECT * FROM shop.v_ltree

SELECT * FROM shop.v_sec

SELECT * FROM shop.v_inv

SELECT * FROM report('x')

SELECT json_report(), safe_div(1,0), median(total), slugify('Ä b') FROM orders

SELECT business_days('2024-01-01','2024-02-01'), with_cte(), overl('x'), overl(1), dflt(), dflt(2, c => now())

SELECT hs(attributes), ctx() FROM customers

SELECT perf(), whilef(), ret_enum(2), ret_price(), two()

SELECT * FROM ret_prices()

SELECT * FROM two()

SELECT forrows(), strs(), exec_in_string(), arr_of_rec()

SELECT * FROM json_arg('[{"a":1}]')

SELECT hidden_now(), case_end(2), nullstmt(), nested_if(1), qual_params(1), sql_qual(2)

SELECT * FROM rec_ret() LIMIT 1

SELECT cursor_arg('x')

SELECT * FROM customers c WHERE c.attributes @> 'tier=>1' AND c.nickname::text ~ 'x'

SELECT to_char(sum(total), 'FM999,999.00') FROM orders

SELECT regexp_count('a','a'), regexp_substr('abc','b'), regexp_instr('a','a'), regexp_like('a','a')

SELECT c.country, jsonb_agg(jsonb_build_object('id', o.id, 'total', o.total) ORDER BY o.total desc) FROM customers c JOIN orders o ON o.customer_id=c.id GROUP BY 1

SELECT * FROM orders WHERE placed >= date_trunc('month', current_date) - interval '1 month' AND placed < current_date

SELECT extract(epoch FROM (max(placed) - min(placed)))/3600 FROM orders

WITH daily AS (SELECT placed::date d, count(*) n FROM orders GROUP BY 1), cal AS (SELECT generate_series(min(d), max(d), interval '1 day')::date d FROM daily) SELECT cal.d, coalesce(n,0), avg(coalesce(n,0)) OVER (ORDER BY cal.d ROWS BETWEEN 6 preceding AND current ROW) FROM cal LEFT JOIN daily USING (d) ORDER BY 1

SELECT o.*, c.name FROM orders o, customers c WHERE o.customer_id = c.id AND o.id IN (SELECT max(id) FROM orders GROUP BY customer_id)

SELECT count(*), count(DISTINCT customer_id), sum(CASE WHEN status='paid' THEN 1 ELSE 0 END)::float/count(*) FROM orders

SELECT unnest(tags) tag, count(*) FROM orders GROUP BY tag ORDER BY 2 desc

SELECT * FROM orders, jsonb_array_elements(note->'lines') WITH ORDINALITY l(v, i)

SELECT key, value FROM orders, jsonb_each(note) LIMIT 1

SELECT jsonb_path_exists(note, '$.channel'), note @? '$.x', note @@ '$.x == 1', jsonb_strip_nulls(note), note #- '{x}' FROM orders LIMIT 1

SELECT id, name, rank() OVER (ORDER BY created), dense_rank() OVER (ORDER BY created), percent_rank() OVER (ORDER BY created), cume_dist() OVER (ORDER BY created) FROM customers

SELECT string_agg(DISTINCT country, ',') FROM customers

SELECT bool_or(total>5), every(total>0), bit_and(id) FROM orders

SELECT * FROM pg_catalog.pg_tables WHERE schemaname NOT IN ('pg_catalog','information_schema')

SELECT n.nspname, c.relname, pg_size_pretty(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE c.relkind='r' ORDER BY pg_total_relation_size(c.oid) desc LIMIT 10

SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype='f'

SELECT indexname, indexdef FROM pg_indexes

SELECT * FROM information_schema.referential_constraints

SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname='order_status'

SELECT p.proname, pg_get_function_arguments(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid=p.pronamespace WHERE n.nspname='shop'

SELECT datname, pg_size_pretty(pg_database_size(datname)), numbackends FROM pg_stat_database

SELECT * FROM pg_stat_progress_vacuum

SELECT * FROM pg_stat_wal

SELECT * FROM pg_stat_io

SELECT * FROM pg_stat_checkpointer

SELECT * FROM pg_stat_archiver

SELECT * FROM pg_stat_ssl

SELECT * FROM pg_prepared_xacts

SELECT * FROM pg_publication

SELECT * FROM pg_trigger

SELECT * FROM pg_rewrite LIMIT 1

SELECT * FROM pg_description LIMIT 1

SELECT * FROM pg_database

SELECT * FROM pg_tablespace

SELECT * FROM pg_auth_members

SELECT * FROM pg_type

SELECT * FROM pg_proc LIMIT 3

SELECT * FROM pg_operator LIMIT 3

SELECT stadistinct FROM pg_statistic LIMIT 1

SELECT * FROM pg_statistic_ext

SELECT * FROM pg_attribute LIMIT 3

SELECT * FROM pg_depend LIMIT 3

SELECT * FROM pg_shdescription

SELECT * FROM pg_stat_all_tables LIMIT 1

SELECT * FROM pg_stat_xact_user_tables LIMIT 1

SELECT * FROM pg_stat_user_functions

SELECT * FROM pg_shmem_allocations

SELECT * FROM pg_available_extension_versions LIMIT 1

SELECT name, prepare_time FROM pg_prepared_statements

SELECT * FROM pg_group

SELECT * FROM pg_seclabels

SELECT * FROM pg_rules

SELECT * FROM pg_publication_tables

SELECT * FROM information_schema.routines LIMIT 1

SELECT * FROM information_schema.views LIMIT 1

SELECT * FROM information_schema.role_table_grants LIMIT 1

SELECT * FROM information_schema.schemata

SELECT * FROM information_schema.sequences

SELECT * FROM information_schema.parameters LIMIT 1

SELECT * FROM information_schema.sql_features LIMIT 1

SELECT * FROM information_schema.triggers

SELECT * FROM information_schema.domains

SELECT * FROM information_schema.check_constraints

SELECT * FROM information_schema.column_privileges LIMIT 1

SELECT * FROM information_schema.foreign_tables

SELECT current_setting('server_version_num')::int, current_setting('search_path')

SELECT version(), pg_postmaster_start_time(), now() - pg_postmaster_start_time()

SELECT wait_event_type, count(*) FROM pg_stat_activity WHERE wait_event_type IS NOT NULL GROUP BY 1

SELECT count(*) FROM pg_stat_activity

SELECT usename, count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY usename ORDER BY count(*) desc

SELECT pid, age(clock_timestamp(), query_start), usename, state FROM pg_stat_activity WHERE state != 'idle'

SELECT blocked.pid, blocking.pid FROM pg_stat_activity blocked JOIN pg_stat_activity blocking ON blocking.pid = any(pg_blocking_pids(blocked.pid))

SELECT relname, n_live_tup, n_dead_tup, last_autovacuum FROM pg_stat_user_tables ORDER BY n_dead_tup desc

SELECT indexrelname, idx_scan FROM pg_stat_user_indexes WHERE idx_scan = 0

SELECT sum(heap_blks_hit)/nullif(sum(heap_blks_hit)+sum(heap_blks_read),0) FROM pg_statio_user_tables

SELECT setting FROM pg_settings WHERE name = 'max_connections'

SELECT name, setting FROM pg_settings WHERE name IN ('shared_buffers') ORDER BY name

SELECT name, setting FROM pg_settings WHERE category LIKE 'Autovacuum%'

SELECT txid_current(), pg_current_xact_id()

SELECT lower(name) = any(ARRAY['a','b']) , id % 2 = 0, -id, +id, NOT true FROM customers

SELECT repeat('x', 1000)

SELECT nickname || 'x', nickname ~ 'x', REPLACE(nickname, 'N', 'M'), split_part(nickname,'i',1) FROM customers LIMIT 1

SELECT embedding + embedding, embedding * embedding, vector_dims(embedding), sum(embedding) OVER () FROM products LIMIT 1

SELECT word_similarity('a', name), strict_word_similarity('a', name), show_trgm(name), show_limit() FROM products LIMIT 1

SELECT path || 'x', path @> 'a', subltree(path, 0, 1), lca(path, path), INDEX(path, 'top') FROM products LIMIT 1

SELECT hstore('a','b'), hstore(c) , hstore_to_json(attributes), skeys(attributes), attributes - 'tier'::text, %% attributes, attributes::jsonb FROM customers c LIMIT 1

SELECT cube_distance(cube(1), cube(2)), '(1,2)'::point <@> '(3,4)'::point

SELECT '<1,2>'::text, '0 seconds'::interval, '12:00'::timetz, '08:00:2b:01:02:03:04:05'::macaddr8, '1/2'::pg_lsn, '10:20:10'::pg_snapshot

SELECT 5 BETWEEN 1 AND 10, 5 NOT BETWEEN symmetric 10 AND 1, 'a' LIKE any (ARRAY['a%']), 'x' ~~* 'X'

SELECT 'x' IS NOT NULL, NULL IS NULL, true IS true, NULL IS unknown, 'a' IS normalized, ROW(1,NULL) IS NULL

SELECT extract(isodow FROM now()), date_trunc('week', now(), 'UTC'), now()::timestamp(0), localtimestamp, current_time, timezone('UTC', now()), now() at local

SELECT format('%1$s %1$L', 'x'), quote_ident('a b'), quote_nullable(NULL), to_hex(255), to_bin(3), unistr('\0041'), btrim(' x '), string_to_table('a,b', ',')

SELECT gcd(4,6), lcm(4,6), factorial(5), erf(1), random_normal(), random(1,10), min_scale(1.0), trim_scale(1.0), scale(1.0), div(7,2), cbrt(27), degrees(1), atan2(1,1), sind(30), log(10), log(2,8), exp(1), pi()

SELECT array_shuffle(ARRAY[1,2]), array_sample(ARRAY[1,2],1), array_remove(ARRAY[1],1), array_replace(ARRAY[1],1,2), array_positions(ARRAY[1],1), trim_array(ARRAY[1,2],1), array_dims(ARRAY[1]), array_ndims(ARRAY[1]), array_upper(ARRAY[1],1), array_fill(0, ARRAY[2]), array_cat(ARRAY[1],ARRAY[2]), array_prepend(1,ARRAY[2])

SELECT daterange('2024-01-01','2024-02-01','[]') * daterange('2024-01-15',NULL), isempty('empty'::int4range), range_merge(int4range(1,2),int4range(5,6)), int4range(1,5) -|- int4range(5,6), numrange(1,2) + numrange(2,3), unnest(int4multirange(int4range(1,2))), range_intersect_agg(int4range(1,2))

SELECT ts_rank_cd(body, q), querytree(q), numnode(q), setweight(body,'A'), strip(body), ts_delete(body,'x'), tsvector_to_array(body), phraseto_tsquery('a b'), body || body FROM products, to_tsquery('english','good & product') q WHERE body @@ q

SELECT uuid_extract_version(gen_random_uuid()), uuidv7(), uuid_extract_timestamp(uuidv7())

SELECT json_build_object('a', 1), json_build_array(1), row_to_json(o), to_json(o), json_array_length('[1]'), json_typeof('1'), json_object_keys('{"a":1}'), json_strip_nulls('{}'), jsonb_object('{a,b}'), jsonb_insert('[]','{0}','1'), jsonb_path_query_array('[1]','$[*]') FROM orders o LIMIT 1

SELECT x.a FROM json_to_recordset('[{"a":1}]') AS x(a int)

SELECT get_byte('abc'::bytea,1), set_byte('abc'::bytea,1,5), bit_length('a'), octet_length('a'), md5('a'::bytea), sha512('a'), crc32('a'), get_bit(b'101',1), bit_count(b'101')

SELECT length(lseg '((0,0),(1,1))'), point(1,2) + point(1,1), polygon '((0,0),(1,1),(1,0))' @> point '(0.5,0.2)'

SELECT money '12.34' * 2, cast(12.5 AS money)

SELECT pg_size_bytes('1GB'), pg_column_compression(name), pg_relation_filenode('orders'), pg_relation_filepath('orders') FROM customers LIMIT 1

SELECT obj_description('shop.orders'::regclass, 'pg_class'), shobj_description(1,'pg_database'), col_description('orders'::regclass,1)

SELECT coalesce((SELECT 1 WHERE false), 2), EXISTS(SELECT 1), ARRAY(SELECT 1 UNION SELECT 2), (SELECT ROW(1,2)), (SELECT array_agg(x) FROM generate_series(1,3) x)

-- # joins, windows and types of every day

SELECT * FROM evil.log natural JOIN orders

SELECT o.id FROM orders o WHERE o.note->>'x' = 'y' AND o.tags && ARRAY['a'] AND o.during @> now()

SELECT c.name, count(o) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id

SELECT c.id, c.name FROM customers c GROUP BY c.id having count(*) > 0

SELECT * FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)

SELECT DISTINCT ON (c.country) c.* FROM customers c ORDER BY c.country, c.created desc

SELECT ARRAY(SELECT row_to_json(x) FROM (SELECT id, name FROM customers LIMIT 2) x)

SELECT json_agg(row_to_json(t)) FROM (SELECT * FROM orders LIMIT 2) t

SELECT o.status::text, o.status = 'paid', o.status IN ('new','paid') FROM orders o

SELECT max(status), min(status) FROM orders

SELECT id, total, total - lag(total) OVER (ORDER BY placed) AS delta FROM orders

SELECT to_char(placed, 'YYYY-MM') m, sum(total) FILTER (WHERE status='paid') paid FROM orders GROUP BY 1 ORDER BY 1

SELECT CASE WHEN total BETWEEN 0 AND 10 THEN 'a' WHEN total > 10 THEN 'b' END b, count(*) FROM orders GROUP BY b

SELECT (SELECT count(*) FROM orders) * 1.0 / nullif((SELECT count(*) FROM customers), 0)

SELECT coalesce(sum(total), 0)::int FROM orders

SELECT total::int, total::float8, total::text, id::bigint, id::numeric(5,2), placed::date, placed::time, note::text, tags::text FROM orders

SELECT cast(id AS varchar(10)), id::char(3), '5'::smallint, 5::bool, true::int, 'abc'::name, 65::"char" FROM orders

SELECT price FROM products WHERE price IS NOT NULL

SELECT p.price, (p.price).amount + 1 FROM products p ORDER BY (p.price).amount

SELECT * FROM products WHERE (price).amount > 5

SELECT p FROM products p

SELECT ROW(p.*) FROM products p

SELECT p.* FROM products p ORDER BY p.id LIMIT 1

SELECT code || 'x', length(code), upper(code) FROM products WHERE code LIKE 'A%'

SELECT email, split_part(email,'@',2), email = 'x@y' FROM customers

SELECT count(DISTINCT email) FROM customers GROUP BY email

SELECT * FROM shop.products WHERE body @@ plainto_tsquery('good') ORDER BY ts_rank(body, plainto_tsquery('good')) desc

SELECT greatest(total, 5), least(placed, now()) FROM orders

SELECT * FROM orders WHERE status = any($1::order_status[])

SELECT * FROM orders WHERE id = any($1) AND total > $2 AND note @> $3 AND placed BETWEEN $4 AND $5

SELECT * FROM recent($1)

SELECT tax($1::numeric)

SELECT x.id, y.grade FROM orders x, LATERAL (SELECT grade(x.total) AS grade) y LIMIT 2

SELECT * FROM orders o JOIN LATERAL table_of(o.total) t ON t.id = o.id LIMIT 1

SELECT sum(tax(total)) OVER (PARTITION BY customer_id) FROM orders

SELECT * FROM orders ORDER BY grade(total), tax(total) desc LIMIT 3

SELECT * FROM orders WHERE is_large(total)

SELECT customer_id FROM orders GROUP BY customer_id having bool_or(is_large(total))

SELECT floatrange(1,2) * floatrange(1.5,3), range_agg(floatrange(1,2)), '{[1,2]}'::floatmultirange

SELECT first(name ORDER BY created) FROM customers

SELECT first(total) OVER (PARTITION BY customer_id) FROM orders

SELECT array_agg(price) FROM products

SELECT unnest(array_agg(price)) FROM products

SELECT jsonb_build_object('p', price) FROM products

SELECT jsonb_populate_record(p, '{"name":"x"}') FROM products p

SELECT * FROM json_populate_recordset(NULL::shop.orders, '[]')

SELECT NULL::shop.orders, NULL::orders[]

SELECT c, c.label FROM customers c

SELECT (c).name FROM customers c

SELECT c.manager_id IS NULL AS boss FROM customers c

SELECT hstore(o) -> 'id' FROM orders o LIMIT 1

SELECT o #= hstore('id','5') FROM orders o LIMIT 1

-- # parameters

SELECT * FROM orders WHERE id = $1

SELECT * FROM customers WHERE name LIKE $1 || '%' AND country = ANY ($2) LIMIT $3

SELECT $1::jsonb ->> 'a', $2::date + $3::interval

SELECT grade($1), tax($1, $2)

SELECT * FROM orders WHERE ($1::text IS NULL OR status = $1::order_status) AND placed >= $2
