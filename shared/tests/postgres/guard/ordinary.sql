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

-- # parameters

SELECT * FROM orders WHERE id = $1

SELECT * FROM customers WHERE name LIKE $1 || '%' AND country = ANY ($2) LIMIT $3

SELECT $1::jsonb ->> 'a', $2::date + $3::interval

SELECT grade($1), tax($1, $2)

SELECT * FROM orders WHERE ($1::text IS NULL OR status = $1::order_status) AND placed >= $2
