-- What the corpus runs on: a small shop, functions of ordinary teams, and things that an attacker would like to reach.

CREATE EXTENSION pg_trgm;
CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE EXTENSION ltree;
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE EXTENSION fuzzystrmatch;
CREATE EXTENSION unaccent;
CREATE EXTENSION intarray;
CREATE EXTENSION tablefunc;
CREATE EXTENSION btree_gist;
CREATE EXTENSION btree_gin;
CREATE EXTENSION vector;
CREATE EXTENSION tsm_system_rows;
CREATE EXTENSION dblink;
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION pageinspect;
CREATE EXTENSION pg_prewarm;
CREATE EXTENSION pgrowlocks;
CREATE EXTENSION pgstattuple;
CREATE EXTENSION pg_visibility;
CREATE EXTENSION amcheck;
CREATE EXTENSION pg_surgery;
CREATE EXTENSION pg_walinspect;
CREATE EXTENSION pg_buffercache;
CREATE EXTENSION lo;
CREATE EXTENSION pg_stat_statements;

CREATE SCHEMA shop;
CREATE SCHEMA evil;
CREATE SCHEMA secret;
SET search_path = shop, public;

-- The shop

CREATE TYPE shop.order_status AS ENUM ('new', 'paid', 'sent', 'returned');
CREATE DOMAIN shop.email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE FUNCTION shop.is_code(value text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN length(value) = 4 AND value = upper(value);
END $$;
CREATE DOMAIN shop.code AS text CHECK (shop.is_code(VALUE));
CREATE TYPE shop.price AS (amount numeric, currency text);
CREATE TYPE shop.floatrange AS RANGE (subtype = float8, subtype_diff = float8mi);

CREATE TABLE shop.customers (
    id int PRIMARY KEY,
    name text NOT NULL,
    email shop.email,
    country char(2),
    manager_id int REFERENCES shop.customers,
    attributes hstore,
    nickname citext,
    created timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON shop.customers (lower(email));
CREATE TABLE shop.orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES shop.customers,
    status shop.order_status NOT NULL DEFAULT 'new',
    total numeric(12, 2) NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    note jsonb NOT NULL DEFAULT '{}',
    during tstzrange,
    placed timestamptz NOT NULL,
    gross numeric GENERATED ALWAYS AS (total * 1.19) STORED
);
CREATE TABLE shop.products (
    id int PRIMARY KEY,
    name text NOT NULL,
    path ltree,
    price shop.price,
    code shop.code,
    embedding vector(3),
    body tsvector
);
CREATE INDEX ON shop.products USING gin (name gin_trgm_ops);
CREATE INDEX ON shop.products USING hnsw (embedding vector_l2_ops);
CREATE TABLE shop.events (id int, happened date, payload jsonb) PARTITION BY RANGE (happened);
CREATE TABLE shop.events_2024 PARTITION OF shop.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop.events_2025 PARTITION OF shop.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE SEQUENCE shop.numbers;
CREATE TABLE shop.audit (at timestamptz DEFAULT now(), what text);

INSERT INTO shop.customers (id, name, email, country, manager_id, attributes, nickname, created)
SELECT n, 'Customer ' || n, 'c' || n || '@example.org', (ARRAY['DE', 'FR', 'IT'])[n % 3 + 1], nullif(n / 2, 0),
       hstore('tier', (n % 3)::text), 'Nick' || n, '2024-01-01'::timestamptz + n * interval '1 day'
  FROM generate_series(1, 30) n;
INSERT INTO shop.orders (id, customer_id, status, total, tags, note, during, placed)
SELECT n, n % 30 + 1, (ARRAY['new', 'paid', 'sent', 'returned'])[n % 4 + 1]::shop.order_status, n * 3.5,
       ARRAY['tag' || n % 5, 'all'], jsonb_build_object('channel', CASE WHEN n % 2 = 0 THEN 'web' ELSE 'shop' END,
       'lines', jsonb_build_array(n, n + 1)), tstzrange('2024-01-01', '2024-02-01'),
       '2024-01-01'::timestamptz + n * interval '7 hours'
  FROM generate_series(1, 200) n;
INSERT INTO shop.products
SELECT n, 'Product ' || n, ('top.group' || n % 3)::ltree, ROW(n, 'EUR')::shop.price, 'A' || lpad(n::text, 3, '0'),
       ARRAY[n, n + 1, n + 2]::vector, to_tsvector('english', 'a good product number ' || n)
  FROM generate_series(1, 20) n;
INSERT INTO shop.events SELECT n, '2024-06-01'::date + n, '{}' FROM generate_series(1, 400) n;

CREATE VIEW shop.order_totals AS
SELECT c.id, c.name, sum(o.total) AS total FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id
 GROUP BY c.id, c.name;
CREATE MATERIALIZED VIEW shop.daily AS SELECT placed::date AS day, sum(total) AS total FROM shop.orders GROUP BY 1;

-- Functions of ordinary teams: volatile by default, and yet they only read

CREATE FUNCTION shop.tax(amount numeric) RETURNS numeric LANGUAGE sql AS 'SELECT amount * 0.19';
CREATE FUNCTION shop.tax(amount numeric, rate numeric) RETURNS numeric LANGUAGE sql RETURN amount * rate;
CREATE FUNCTION shop.order_count(customer int) RETURNS bigint LANGUAGE sql STABLE
AS $$ SELECT count(*) FROM orders WHERE customer_id = customer $$;
CREATE FUNCTION shop.order_sum(customer int) RETURNS numeric LANGUAGE sql
BEGIN ATOMIC
    SELECT sum(o.total) FROM shop.orders o WHERE o.customer_id = customer;
END;
CREATE FUNCTION shop.label(c shop.customers) RETURNS text LANGUAGE sql AS $$ SELECT c.name || ' (' || c.country || ')' $$;
CREATE FUNCTION shop.recent(days int DEFAULT 7, OUT id int, OUT total numeric) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT o.id, o.total FROM shop.orders o WHERE o.placed > now() - make_interval(days => days);
END $$;
CREATE FUNCTION shop.grade(amount numeric) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    -- "delete from orders" is only a remark
    result text := 'small';
    best constant numeric DEFAULT 500;
    status shop.orders.status%TYPE;
    line shop.orders%ROWTYPE;
    found_one record;
    codes text[] := ARRAY['a', 'b'];
    one text;
    n bigint;
    open_orders CURSOR (least_total numeric) FOR SELECT * FROM shop.orders o WHERE o.total > least_total;
BEGIN
    SELECT o.status, o.id INTO status, line.id FROM shop.orders o ORDER BY o.id LIMIT 1;
    FOR found_one IN SELECT * FROM shop.orders LIMIT 3 LOOP
        CONTINUE WHEN found_one.total IS NULL;
        result := result || '';
    END LOOP;
    FOREACH one IN ARRAY codes LOOP
        codes[1] := one;
    END LOOP;
    FOR i IN 1..3 LOOP
        EXIT WHEN i > 2;
    END LOOP;
    OPEN open_orders(100);
    FETCH open_orders INTO line;
    CLOSE open_orders;
    line.total := 5;
    IF amount > best THEN
        result := 'large';
    ELSIF amount > 100 THEN
        result := 'medium';
    END IF;
    CASE result WHEN 'large' THEN NULL; ELSE PERFORM 1; END CASE;
    BEGIN
        PERFORM 1 / 0;
    EXCEPTION WHEN division_by_zero THEN
        RAISE DEBUG 'nothing to update or delete %', SQLERRM;
    END;
    WHILE false LOOP NULL; END LOOP;
    ASSERT amount IS NOT NULL, 'amount';
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN result;
EXCEPTION WHEN error_in_assignment THEN
    RETURN result;
END $$;
CREATE FUNCTION shop.is_large(amount numeric) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    level shop.order_status := 'new';
    other shop.email;
    n int;
BEGIN
    SELECT 'paid', 1 INTO level, n;
    RETURN amount > 100 AND level = 'paid';
END $$;
CREATE FUNCTION shop.factorial(n int) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    IF n < 2 THEN RETURN 1; END IF;
    RETURN n * shop.factorial(n - 1);
END $$;
CREATE FUNCTION shop.total_of(VARIADIC amounts numeric[]) RETURNS numeric LANGUAGE sql
AS 'SELECT sum(a) FROM unnest(amounts) a';
CREATE FUNCTION shop.own_path() RETURNS bigint LANGUAGE sql SET search_path = shop, pg_temp AS 'SELECT count(*) FROM orders';
CREATE FUNCTION shop.careful() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS 'SELECT count(*) FROM shop.orders';
CREATE FUNCTION shop.pick(anyelement, anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT coalesce($1, $2)';
CREATE FUNCTION shop.keep_first(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1';
CREATE AGGREGATE shop.first(anyelement) (SFUNC = shop.keep_first, STYPE = anyelement);
CREATE FUNCTION shop.orders_of(customer int) RETURNS SETOF shop.orders LANGUAGE plpgsql AS $$
DECLARE
    o shop.orders;
BEGIN
    FOR o IN SELECT * FROM shop.orders x WHERE x.customer_id = customer LOOP
        RETURN NEXT o;
    END LOOP;
END $$;
CREATE FUNCTION shop.table_of(threshold numeric) RETURNS TABLE (id int, grade text) LANGUAGE sql
AS $$ SELECT o.id, shop.grade(o.total) FROM shop.orders o WHERE o.total >= threshold $$;
CREATE FUNCTION shop.same_price(shop.price, shop.price) RETURNS boolean LANGUAGE sql AS 'SELECT ($1).amount = ($2).amount';
CREATE OPERATOR shop.~=~ (LEFTARG = shop.price, RIGHTARG = shop.price, FUNCTION = shop.same_price);
CREATE FUNCTION shop.to_price(numeric) RETURNS shop.price LANGUAGE sql AS $$ SELECT ROW($1, 'EUR')::shop.price $$;
CREATE CAST (numeric AS shop.price) WITH FUNCTION shop.to_price(numeric);
CREATE FUNCTION shop.tenant_sees(country text) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT coalesce(country = current_setting('app.country', true), true) $$;
CREATE TABLE shop.tenants (id int, country text);
INSERT INTO shop.tenants VALUES (1, 'DE'), (2, 'FR');
ALTER TABLE shop.tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.tenants USING (shop.tenant_sees(country) OR current_setting('app.country', true) = '');
ALTER TABLE shop.orders ADD CONSTRAINT large CHECK (shop.is_large(total) OR total < 1000000);
CREATE VIEW shop.graded AS SELECT id, shop.grade(total) AS grade FROM shop.orders;
CREATE TABLE shop.searches (id int, query text, "delete" text, nextval int);
INSERT INTO shop.searches VALUES (1, 'shoes', 'no', 3);
CREATE TABLE shop."drop table" (id int, "update set" text);

-- More functions and views of ordinary teams

CREATE OR REPLACE FUNCTION shop.report(p text, n int DEFAULT 10) RETURNS TABLE(k text, v numeric) LANGUAGE plpgsql STABLE AS $$ DECLARE sql text; r record; BEGIN IF p = 'delete' THEN RAISE EXCEPTION 'no'; END IF; FOR r IN SELECT c.country, sum(o.total) s FROM shop.orders o JOIN shop.customers c ON c.id=o.customer_id GROUP BY 1 ORDER BY 2 desc LIMIT n LOOP k := r.country; v := r.s; RETURN NEXT; END LOOP; END $$;
CREATE FUNCTION shop.json_report() RETURNS json LANGUAGE sql AS $$ SELECT json_agg(t) FROM (SELECT id, total FROM shop.orders LIMIT 3) t $$;
CREATE FUNCTION shop.safe_div(a numeric, b numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a / b; EXCEPTION WHEN division_by_zero THEN RETURN NULL; END $$;
CREATE FUNCTION shop.median_step(numeric[], numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS 'select array_append($1, $2)';
CREATE FUNCTION shop.median_final(numeric[]) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'select percentile_cont(0.5) within group (order by x) from unnest($1) x';
CREATE AGGREGATE shop.median(numeric) (sfunc = shop.median_step, stype = numeric[], finalfunc = shop.median_final, initcond = '{}');
CREATE FUNCTION shop.slugify(v text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $f$ SELECT trim(both '-' FROM regexp_replace(lower(unaccent(v)), '[^a-z0-9]+', '-', 'g')) $f$;
CREATE FUNCTION shop.business_days(a date, b date) RETURNS int LANGUAGE sql AS $$ SELECT count(*)::int FROM generate_series(a, b, '1 day') d WHERE extract(isodow FROM d) < 6 $$;
CREATE FUNCTION shop.with_cte() RETURNS bigint LANGUAGE sql BEGIN atomic WITH x AS (SELECT count(*) n FROM shop.orders) SELECT n FROM x; END;
CREATE FUNCTION shop.overl(text) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION shop.overl(int) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION shop.dflt(a int DEFAULT 1, b text DEFAULT 'delete from x', c timestamptz DEFAULT now()) RETURNS text LANGUAGE sql AS $$ SELECT a || b || c $$;
CREATE FUNCTION shop.hs(h hstore) RETURNS text LANGUAGE sql AS $$ SELECT h -> 'tier' $$;
CREATE FUNCTION shop.ctx() RETURNS text LANGUAGE plpgsql AS $$ DECLARE l text; BEGIN get diagnostics l = pg_context; RETURN l; END $$;
CREATE FUNCTION shop.perf() RETURNS int LANGUAGE plpgsql AS $$ DECLARE _n int; BEGIN PERFORM 1 FROM shop.orders WHERE id = 1; IF NOT found THEN RETURN 0; END IF; SELECT INTO STRICT _n count(*) FROM shop.orders; RETURN _n; END $$;
CREATE FUNCTION shop.whilef() RETURNS int[] LANGUAGE plpgsql AS $$ DECLARE a int[] := '{}'; i int := 0; BEGIN WHILE i < 5 LOOP a := a || i; i := i + 1; END LOOP; a[1:2] := ARRAY[9,9]; RETURN a; END $$;
CREATE FUNCTION shop.ret_enum(x int) RETURNS shop.order_status LANGUAGE plpgsql AS $$ DECLARE s shop.order_status; BEGIN s := 'new'; IF x > 1 THEN s = 'paid'; END IF; RETURN s; END $$;
CREATE FUNCTION shop.ret_price() RETURNS shop.price LANGUAGE plpgsql AS $$ DECLARE p shop.price; BEGIN p.amount := 1; p := ROW(2,'EUR'); p.currency = 'x'; RETURN p; END $$;
CREATE FUNCTION shop.ret_prices() RETURNS SETOF shop.price LANGUAGE plpgsql AS $$ DECLARE p shop.price; BEGIN FOR p IN SELECT (pr.price).* FROM shop.products pr LOOP RETURN NEXT p; END LOOP; RETURN QUERY SELECT 1.0, 'x'; END $$;
CREATE FUNCTION shop.two(OUT a shop.email, OUT b shop.order_status) LANGUAGE plpgsql AS $$ BEGIN SELECT 'a@b', 'new' INTO a, b; END $$;
CREATE FUNCTION shop.forrows() RETURNS int LANGUAGE plpgsql AS $$ DECLARE i int; n text; t int := 0; BEGIN FOR i, n IN SELECT id, name FROM shop.customers LOOP t := t + i; END LOOP; FOR i IN REVERSE 10..1 BY 2 LOOP t := t - 1; END LOOP; RETURN t; END $$;
CREATE FUNCTION shop.strs() RETURNS text LANGUAGE plpgsql AS $f$ DECLARE q text; BEGIN q := format($$SELECT * FROM %I WHERE x = %L$$, 't', 'insert'); q := q || ' execute immediate'; RETURN q; END $f$;
CREATE FUNCTION shop.exec_in_string() RETURNS text LANGUAGE sql AS $$ SELECT 'execute format(''drop'')' $$;
CREATE FUNCTION shop.json_arg(j json) RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE e json; BEGIN FOR e IN SELECT * FROM json_array_elements(j) LOOP RETURN NEXT e ->> 'a'; END LOOP; END $$;
CREATE FUNCTION shop.arr_of_rec() RETURNS int LANGUAGE plpgsql AS $$ DECLARE os shop.orders[]; o shop.orders; BEGIN SELECT array_agg(x) INTO os FROM shop.orders x; FOREACH o IN ARRAY os LOOP NULL; END LOOP; RETURN array_length(os,1); END $$;
CREATE FUNCTION shop.cursor_arg(refcursor) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION shop.hidden_now() RETURNS timestamptz LANGUAGE plpgsql AS $$ #variable_conflict use_variable
 DECLARE n timestamptz := now(); BEGIN RETURN n; END $$;
CREATE TYPE shop.mood AS ENUM ('a','b');
CREATE FUNCTION shop.case_end(x int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN CASE x WHEN 1, 2 THEN RETURN 'low'; WHEN 3 THEN RETURN 'mid'; ELSE RETURN 'high'; END CASE; END $$;
CREATE FUNCTION shop.nullstmt() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE FUNCTION shop.nested_if(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF a IS NULL THEN RETURN 0; ELSE IF a > 1 THEN RETURN 1; END IF; END IF; RETURN 2; END; $$;
CREATE FUNCTION shop.qual_params(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN qual_params.a + $1; END $$;
CREATE FUNCTION shop.sql_qual(a int) RETURNS int LANGUAGE sql AS 'select sql_qual.a + $1 + a';
CREATE FUNCTION shop.rec_ret() RETURNS TABLE(id int, o shop.orders) LANGUAGE sql AS 'select o.id, o from shop.orders o';
CREATE VIEW shop.v_lateral AS SELECT c.id, x.* FROM shop.customers c CROSS JOIN LATERAL (SELECT max(total) m FROM shop.orders o WHERE o.customer_id = c.id) x;
CREATE VIEW shop.v_json AS SELECT o.id, l.* FROM shop.orders o, jsonb_to_recordset(jsonb_build_array(o.note)) AS l(channel text);
CREATE VIEW shop.v_filter AS SELECT count(*) FILTER (WHERE status = 'paid') paid, sum(total) OVER () s, array_agg(DISTINCT customer_id) FROM shop.orders GROUP BY total;
CREATE VIEW shop.v_setop AS SELECT id FROM shop.orders UNION ALL SELECT id FROM shop.customers EXCEPT SELECT 1;
CREATE VIEW shop.v_window2 AS SELECT id, sum(total) OVER w FROM shop.orders WINDOW w AS (PARTITION BY customer_id ORDER BY id ROWS BETWEEN unbounded preceding AND current ROW);
CREATE VIEW shop.v_values AS VALUES (1,'a'),(2,'b');
CREATE VIEW shop.v_ordinality AS SELECT * FROM unnest(ARRAY['a','b']) WITH ORDINALITY u(x, n);
CREATE VIEW shop.v_rowsfrom AS SELECT * FROM ROWS FROM (generate_series(1,2), unnest(ARRAY['a'])) r(a,b);
CREATE VIEW shop.v_sample AS SELECT * FROM shop.orders TABLESAMPLE system (10);
CREATE VIEW shop.v_jsontable AS SELECT * FROM json_table('[{"a":1}]'::jsonb, '$[*]' COLUMNS (a int path '$.a'));
CREATE VIEW shop.v_enum AS SELECT * FROM shop.orders WHERE status = any (ARRAY['new'::shop.order_status, 'paid'::shop.order_status]);
CREATE VIEW shop.v_domain AS SELECT email::text, 'a@b'::shop.email e FROM shop.customers;
CREATE VIEW shop.v_vector AS SELECT id FROM shop.products ORDER BY embedding <-> '[1,2,3]'::vector LIMIT 2;
CREATE VIEW shop.v_trgm AS SELECT id FROM shop.products WHERE name % 'x' OR similarity(name, 'p') > 0.1;
CREATE VIEW shop.v_hstore AS SELECT attributes -> 'tier' t FROM shop.customers WHERE attributes ? 'tier';
CREATE VIEW shop.v_citext AS SELECT nickname FROM shop.customers WHERE nickname = 'x' ORDER BY nickname;
CREATE VIEW shop.v_ltree AS SELECT path FROM shop.products WHERE path <@ 'top';
CREATE VIEW shop.v_sec WITH (SECURITY_BARRIER) AS SELECT * FROM shop.customers WHERE country = 'DE';
CREATE VIEW shop.v_inv WITH (SECURITY_INVOKER) AS SELECT * FROM shop.tenants;

-- What an attacker would like to reach

CREATE TABLE evil.log (at timestamptz DEFAULT now(), what text);
CREATE SEQUENCE evil.counter;
CREATE TABLE secret.salaries (name text, amount numeric);
CREATE TABLE shop.staff (id int);
CREATE TABLE secret.managers (bonus numeric) INHERITS (shop.staff);
INSERT INTO secret.salaries VALUES ('Anna', 100000);
CREATE VIEW public.open_salaries AS SELECT * FROM secret.salaries;
CREATE FUNCTION public.salaries() RETURNS SETOF secret.salaries LANGUAGE sql AS 'SELECT * FROM secret.salaries';
SET search_path = shop, evil, public;

CREATE FUNCTION evil.touch(what text DEFAULT 'x') RETURNS text LANGUAGE sql
AS 'INSERT INTO evil.log (what) VALUES ($1) RETURNING what';
CREATE FUNCTION evil.touch_one(text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO evil.log (what) VALUES ($1);
    RETURN $1;
END $$;
CREATE FUNCTION evil.dyn(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text;
BEGIN
    EXECUTE $1 INTO r;
    RETURN r;
END $$;
CREATE FUNCTION evil.imm(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE r text;
BEGIN
    EXECUTE 'SELECT pg_notify(''guard'', ' || quote_literal($1) || ')' INTO r;
    RETURN r;
END $$;
CREATE FUNCTION evil.imm_check(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    EXECUTE 'SELECT pg_advisory_lock(7)';
    RETURN true;
END $$;
CREATE FUNCTION evil.middle(text) RETURNS text LANGUAGE sql AS 'SELECT evil.touch_one($1)';
CREATE FUNCTION evil.nested(text) RETURNS text LANGUAGE sql AS 'SELECT evil.middle($1)';
CREATE FUNCTION evil.by_default(n bigint DEFAULT nextval('evil.counter')) RETURNS bigint LANGUAGE sql AS 'SELECT n';
CREATE FUNCTION evil.file() RETURNS text LANGUAGE sql AS $$ SELECT pg_read_file('PG_VERSION') $$;
CREATE FUNCTION evil.file_in_plpgsql() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN pg_read_file('PG_VERSION');
END $$;
CREATE FUNCTION evil.loop_exec() RETURNS int LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
    FOR r IN EXECUTE 'SELECT 1' LOOP NULL; END LOOP;
    RETURN 1;
END $$;
CREATE FUNCTION evil.query_exec() RETURNS SETOF int LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT 1';
END $$;
CREATE FUNCTION evil.cursor_exec() RETURNS int LANGUAGE plpgsql AS $$
DECLARE c refcursor;
BEGIN
    OPEN c FOR EXECUTE 'SELECT 1';
    RETURN 1;
END $$;
CREATE DOMAIN evil.checked AS text CHECK (evil.touch_one(VALUE) IS NOT NULL);
CREATE DOMAIN evil.twice AS evil.checked;
CREATE TYPE evil.pair AS (a int, b evil.checked);
CREATE FUNCTION evil.in_declaration() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    v evil.checked := pg_read_file('PG_VERSION');
BEGIN
    RETURN 1;
END $$;
CREATE FUNCTION evil.in_record() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    r record := ROW(evil.touch_one('r'));
BEGIN
    RETURN 1;
END $$;
CREATE FUNCTION evil.in_subscript() RETURNS int LANGUAGE plpgsql AS $$
DECLARE a int[];
BEGIN
    a[length(pg_read_file('PG_VERSION'))] := 1;
    RETURN 1;
END $$;
CREATE FUNCTION evil.in_raise() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '%', evil.touch_one('raise');
    RETURN 1;
END $$;
CREATE FUNCTION evil.in_handler() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RETURN 1 / 0;
EXCEPTION WHEN OTHERS THEN
    PERFORM pg_advisory_lock(1);
    RETURN 1;
END $$;
CREATE FUNCTION evil.in_variable(v evil.checked) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION evil.assigns(t text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE v evil.checked;
BEGIN
    v := t;
    RETURN 1;
END $$;
CREATE FUNCTION evil.assigns_row(t text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE v evil.pair;
BEGIN
    v.b := t;
    RETURN 1;
END $$;
CREATE FUNCTION evil.atomic(what text) RETURNS text LANGUAGE sql
BEGIN ATOMIC
    SELECT 1;
    SELECT evil.touch_one(what);
END;
CREATE FUNCTION evil.standard() RETURNS text LANGUAGE sql RETURN pg_read_file('PG_VERSION');
CREATE FUNCTION evil.alias(text) RETURNS text LANGUAGE internal AS 'pg_read_file_all';
CREATE FUNCTION evil.alias_sleep(float8) RETURNS void LANGUAGE internal AS 'pg_sleep';
CREATE FUNCTION evil.compiled(float8) RETURNS float8 LANGUAGE c STRICT AS '$libdir/cube', 'cube_f8';
CREATE FUNCTION evil.as_role() RETURNS text LANGUAGE sql SET role = 'pg_monitor' AS 'SELECT current_user::text';
CREATE FUNCTION evil.definer() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT evil.touch_one('d') $$;
CREATE FUNCTION evil.sets() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    SET work_mem = '1MB';
    RETURN 1;
END $$;
CREATE FUNCTION evil.notifies() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY guard, 'x';
    RETURN 1;
END $$;
CREATE FUNCTION evil.makes() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE made AS SELECT 1;
    RETURN 1;
END $$;
CREATE FUNCTION evil.locks() RETURNS SETOF shop.orders LANGUAGE sql AS 'SELECT * FROM shop.orders FOR UPDATE';
CREATE FUNCTION evil.of_argument(p text) RETURNS text LANGUAGE sql AS 'SELECT p.pg_read_file';
CREATE FUNCTION evil.of_number(text) RETURNS text LANGUAGE sql AS 'SELECT ($1).pg_read_file';
CREATE FUNCTION evil.with_path() RETURNS text LANGUAGE sql SET search_path = evil AS $$ SELECT touch_one('path') $$;
CREATE FUNCTION evil.activity() RETURNS SETOF text LANGUAGE sql AS 'SELECT query FROM pg_stat_activity';
CREATE FUNCTION public.of_row(o shop.orders) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one('row') $$;
CREATE FUNCTION public.of_any(anyelement) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one('any') $$;
CREATE FUNCTION public.of_text(text) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one($1) $$;
CREATE FUNCTION evil.upper(int) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one('upper') $$;

CREATE FUNCTION evil.step(text, text) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one($2) $$;
CREATE AGGREGATE evil.gather(text) (SFUNC = evil.step, STYPE = text);
CREATE AGGREGATE evil.gather_last(text) (SFUNC = textcat, STYPE = text, FINALFUNC = evil.touch_one, INITCOND = '');
CREATE AGGREGATE evil.gather_moving(text) (
    SFUNC = textcat, STYPE = text, INITCOND = '', MSFUNC = evil.step, MINVFUNC = evil.step, MSTYPE = text
);
CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT evil.touch_one($1) = $2 $$;
CREATE OPERATOR evil.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same);
CREATE OPERATOR evil.!! (RIGHTARG = text, FUNCTION = evil.touch_one);
CREATE TYPE evil.box AS (content text);
CREATE FUNCTION evil.less(evil.box, evil.box) RETURNS boolean LANGUAGE sql AS $$ SELECT evil.touch_one('less') IS NULL $$;
CREATE FUNCTION evil.order_of(evil.box, evil.box) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    PERFORM evil.touch_one('compare');
    RETURN 0;
END $$;
CREATE OPERATOR evil.= (LEFTARG = evil.box, RIGHTARG = evil.box, FUNCTION = evil.less);
CREATE OPERATOR evil.< (LEFTARG = evil.box, RIGHTARG = evil.box, FUNCTION = evil.less);
CREATE OPERATOR CLASS evil.box_ops DEFAULT FOR TYPE evil.box USING btree AS
    OPERATOR 1 evil.<, OPERATOR 3 evil.=, FUNCTION 1 evil.order_of(evil.box, evil.box);
CREATE TABLE evil.boxes (b evil.box, t text);
INSERT INTO evil.boxes VALUES (ROW('a'), 'a'), (ROW('b'), 'b');
CREATE FUNCTION evil.to_box(text) RETURNS evil.box LANGUAGE sql AS $$ SELECT ROW(evil.touch_one($1))::evil.box $$;
CREATE CAST (text AS evil.box) WITH FUNCTION evil.to_box(text) AS ASSIGNMENT;
CREATE FUNCTION evil.to_point(int) RETURNS point LANGUAGE sql AS $$ SELECT point(length(evil.touch_one('p')), 1) $$;
CREATE CAST (int AS point) WITH FUNCTION evil.to_point(int);
CREATE FUNCTION evil.difference(text, text) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT length(evil.touch_one($1))::float8 $$;
CREATE TYPE evil.textrange AS RANGE (subtype = text, subtype_diff = evil.difference);

CREATE CAST (text AS bytea) WITH FUNCTION pg_read_binary_file(text);
CREATE AGGREGATE evil.reads(text) (SFUNC = textcat, STYPE = text, FINALFUNC = pg_read_file, INITCOND = '');
CREATE OPERATOR evil.@! (RIGHTARG = text, FUNCTION = pg_read_file);
CREATE FUNCTION evil.fetches() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    c SCROLL CURSOR FOR SELECT name FROM shop.customers;
    n text;
BEGIN
    OPEN c;
    FETCH ABSOLUTE length(evil.touch_one('x')) FROM c INTO n;
    RETURN n;
END $$;
CREATE FUNCTION evil.nested_blocks() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    <<inner_block>>
    DECLARE
        r CONSTANT record DEFAULT ROW(1, pg_read_file('PG_VERSION'));
    BEGIN
        RETURN 1;
    END;
END $$;
CREATE FUNCTION evil.gives_domain() RETURNS evil.checked LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE VIEW shop.sessions AS SELECT pid, usename, state FROM pg_stat_activity;
CREATE VIEW evil.view_of_file AS SELECT pg_read_file('PG_VERSION') AS content;
CREATE VIEW evil.view_of_touch AS SELECT evil.touch_one('view') AS t;
CREATE VIEW evil.view_of_view AS SELECT * FROM evil.view_of_touch;
CREATE VIEW evil.view_of_passwords AS SELECT rolname, rolpassword FROM pg_authid;
CREATE VIEW evil.view_of_queries AS SELECT pid, query FROM pg_stat_activity;
CREATE VIEW evil.view_of_sequence AS SELECT nextval('evil.counter') AS n;
CREATE VIEW evil.view_of_lock AS SELECT * FROM shop.orders FOR SHARE;
CREATE TABLE evil.guarded (id int);
INSERT INTO evil.guarded VALUES (1);
ALTER TABLE evil.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON evil.guarded USING (evil.touch_one('policy') IS NOT NULL);
CREATE TABLE evil.indexed (id int);
CREATE INDEX ON evil.indexed ((evil.imm('index')));
CREATE TABLE evil.checked_table (id int, CHECK (evil.imm_check('check')));
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE evil.passwd (line text) SERVER files OPTIONS (filename '/etc/passwd', delimiter E'\x01');
CREATE FOREIGN TABLE evil.program (line text) SERVER files OPTIONS (program 'id', delimiter E'\x01');
CREATE TABLE evil.family (id int, line text) PARTITION BY LIST (id);
CREATE FOREIGN TABLE evil.child PARTITION OF evil.family FOR VALUES IN (1) SERVER files
    OPTIONS (program 'echo 1', format 'csv');
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', dbname 'postgres');
CREATE USER MAPPING FOR CURRENT_USER SERVER other OPTIONS (user 'x', password 'hunter2');
SELECT lo_from_bytea(424242, 'secret');
CREATE FUNCTION evil.to_number(shop.order_status) RETURNS int LANGUAGE sql AS $$ SELECT length(evil.touch_one('x')) $$;
CREATE CAST (shop.order_status AS int) WITH FUNCTION evil.to_number(shop.order_status);
CREATE TYPE evil.spot AS (at point);
CREATE TABLE shop.notes (id int, body text, mark evil.checked);
CREATE FUNCTION evil.member(int) RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM secret.salaries)';
CREATE TABLE shop.team (id int);
ALTER TABLE shop.team ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON shop.team USING (evil.member(id));
CREATE TABLE evil.with_checked (id int, c evil.checked);

-- More ways to hide it

CREATE OPERATOR shop.|+| (leftarg=int, rightarg=int, FUNCTION=int4pl);
CREATE FUNCTION evil.vfy(text, variadic text[]) RETURNS text LANGUAGE sql AS $$ SELECT evil.touch_one($1) $$;
CREATE FUNCTION evil.outp(OUT a text) LANGUAGE plpgsql AS $$ BEGIN a := evil.touch_one('x'); END $$;
CREATE FUNCTION evil.tbl() RETURNS TABLE(a text) LANGUAGE plpgsql AS $$ BEGIN a := evil.touch_one('x'); RETURN NEXT; END $$;
CREATE FUNCTION evil.setlocal() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('x.y','z',true); RETURN 1; END $$;
CREATE FUNCTION evil.q() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM pg_read_file('PG_VERSION')); END $$;
CREATE FUNCTION evil.loopq() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN DELETE FROM shop.audit RETURNING * LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION evil.execus() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('select %s', 1); RETURN 1; END $$;
CREATE FUNCTION evil.copyf() RETURNS int LANGUAGE plpgsql AS $$ BEGIN COPY shop.audit TO '/tmp/guard_x'; RETURN 1; END $$;
CREATE FUNCTION evil.dos() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DO $x$ BEGIN PERFORM 1; END $x$; RETURN 1; END $$;
CREATE FUNCTION evil.lockt() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOCK TABLE shop.audit; RETURN 1; END $$;
CREATE FUNCTION evil.selinto() RETURNS int LANGUAGE plpgsql AS $$ DECLARE v int; BEGIN SELECT id INTO v FROM shop.orders FOR UPDATE LIMIT 1; RETURN v; END $$;
CREATE FUNCTION evil.ifx() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF pg_try_advisory_lock(4) THEN RETURN 1; END IF; RETURN 2; END $$;
CREATE FUNCTION evil.rec_attr(r shop.orders) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN r.of_row; END $$;
CREATE FUNCTION evil.sqlrec(r shop.orders) RETURNS text LANGUAGE sql AS $$ SELECT r.of_row $$;
CREATE FUNCTION evil.mutual_a(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN evil.mutual_b($1); END $$;
CREATE FUNCTION evil.mutual_b(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF $1 > 0 THEN RETURN evil.mutual_a($1-1); END IF; PERFORM evil.touch_one('m'); RETURN 1; END $$;
CREATE TABLE evil.orders(id int);
CREATE VIEW evil.orders_v AS SELECT evil.touch_one('x') AS id;
CREATE FUNCTION evil.shadow() RETURNS bigint LANGUAGE sql set search_path = evil AS 'select count(*) from orders_v';
CREATE PROCEDURE evil.proc() LANGUAGE sql AS 'insert into evil.log(what) values (1)';
CREATE FUNCTION evil.lang_dup() RETURNS int LANGUAGE plpgsql AS $$ DECLARE "DECLARE" int := 1; r record DEFAULT ROW(evil.touch_one('z')); BEGIN RETURN 1; END $$;
CREATE FUNCTION evil.comment_decl() RETURNS int LANGUAGE plpgsql AS $$ DECLARE /* x := 1; */ -- BEGIN
 r record /* ; */ := ROW(evil.touch_one('z')); BEGIN RETURN 1; END $$;
CREATE FUNCTION evil.cursor_default() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELECT evil.touch_one('z'); r record; BEGIN OPEN c; FETCH c INTO r; RETURN 1; END $$;
CREATE FUNCTION evil.cursor_type() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (a evil.checked) FOR SELECT a; r record; BEGIN OPEN c('x'); FETCH c INTO r; RETURN 1; END $$;
CREATE FUNCTION evil.jsonrec(j jsonb) RETURNS int LANGUAGE plpgsql AS $$ DECLARE p evil.pair; BEGIN p := jsonb_populate_record(NULL::evil.pair, j); RETURN 1; END $$;
CREATE FUNCTION evil.rowvar() RETURNS int LANGUAGE plpgsql AS $$ DECLARE p evil.pair; BEGIN SELECT 1, 'x' INTO p; RETURN 1; END $$;
CREATE FUNCTION evil.typevar() RETURNS int LANGUAGE plpgsql AS $$ DECLARE p evil.with_checked.c%TYPE; BEGIN p := 'x'; RETURN 1; END $$;
CREATE FUNCTION evil.rowtypevar() RETURNS int LANGUAGE plpgsql AS $$ DECLARE p evil.with_checked%rowtype; BEGIN p.c := 'x'; RETURN 1; END $$;
CREATE FUNCTION evil.retq() RETURNS SETOF evil.with_checked LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 1, 'x'::text; END $$;
CREATE FUNCTION evil.inval() RETURNS int LANGUAGE sql AS 'select 1; select evil.touch_one(''x''); select 1';
CREATE FUNCTION evil.arg_dflt_dom(a evil.checked DEFAULT 'x') RETURNS int LANGUAGE sql AS 'select 1';
CREATE VIEW evil.v_cast AS SELECT 'x'::evil.checked AS c;
CREATE VIEW evil.v_op AS SELECT 'a'::text OPERATOR(evil.===) 'b' AS o;
CREATE VIEW evil.v_attr AS SELECT o.of_row FROM shop.orders o;
CREATE VIEW evil.v_lateral AS SELECT x FROM shop.orders, LATERAL evil.touch_one('x') x;
CREATE VIEW evil.v_sub AS SELECT (SELECT evil.touch_one('x')) AS x;
CREATE VIEW evil.v_order AS SELECT id FROM shop.orders ORDER BY evil.touch_one('x');
CREATE VIEW evil.v_where AS SELECT id FROM shop.orders WHERE evil.touch_one('x') IS NULL;
CREATE VIEW evil.v_agg AS SELECT evil.gather(name) FROM shop.customers;
CREATE VIEW evil.v_settings AS SELECT * FROM pg_settings;
CREATE VIEW evil.v_current AS SELECT current_setting('primary_conninfo') AS c;
CREATE TABLE evil.parted (id int, t text) PARTITION BY range (id);
CREATE TABLE evil.parted_1 PARTITION OF evil.parted FOR VALUES FROM (1) TO (10);
ALTER TABLE evil.parted_1 ADD CHECK (evil.imm_check('x'));
CREATE TABLE evil.parent (id int); CREATE TABLE evil.INHERITS () INHERITS (evil.parent); CREATE INDEX ON evil.INHERITS ((evil.imm('x')));
CREATE TABLE evil.pp (id int); CREATE INDEX ON evil.pp (id) WHERE evil.imm_check('y');
CREATE STATISTICS evil.st ON (evil.imm('s')), (id + 1) FROM evil.pp;
CREATE TABLE evil.products (id int);
CREATE INDEX ON evil.products ((evil.imm('products')));
CREATE FUNCTION evil.other_products() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM evil.products';
