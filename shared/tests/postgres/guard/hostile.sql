-- Objects that run `boom` where nobody looks. A case: its name, its objects after `-- made:`, statements that must be
-- refused after `-- refused:`, and neighbours that must pass after `-- passes:`; a blank line ends each.

-- # a value in FROM that has no alias
-- made:
CREATE FUNCTION of_int(int) RETURNS int LANGUAGE sql AS 'SELECT boom($1)'
-- refused:
SELECT "coalesce".of_int FROM COALESCE(1, 2)
SELECT "int4".of_int FROM CAST(5 AS int)
SELECT "nullif".of_int FROM ROWS FROM (NULLIF(1, 2), generate_series(1, 2))
SELECT "coalesce".pg_advisory_lock FROM COALESCE(42::bigint)
SELECT "greatest".pg_sleep FROM GREATEST(0.1::float8, 0)
SELECT "coalesce".ts_stat FROM COALESCE('SELECT to_tsvector(1::text)'::text)
SELECT "coalesce".current_setting FROM COALESCE('app.jwt_secret'::text)
SELECT "coalesce".pg_sleep FROM COALESCE(0.1::float8), (SELECT 1 FROM people "coalesce") x
SELECT g.of_int FROM generate_series(1, 2) g
-- passes:
SELECT "coalesce" FROM COALESCE(1, 2)
SELECT p.of_int FROM (SELECT 1 AS of_int) p
SELECT p.id, p.name FROM people p, COALESCE(1, 2) c

-- # arguments given as VARIADIC
-- made:
SELECT
-- refused:
SELECT ts_rewrite('a'::tsquery, VARIADIC 'SELECT boom(1)::text::tsquery, ''b''::tsquery')
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, ''b''::tsquery')
-- passes:
SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery)

-- # types that are named by text or number
-- made:
CREATE DOMAIN sly AS text CHECK (boom(1) = 1)
-- refused:
SELECT pg_input_is_valid('x', 'SLY')
SELECT pg_input_is_valid('{x}', 'sly[][]')
SELECT pg_input_is_valid('{x}', 'sly ARRAY')
SELECT pg_input_is_valid('x', 'public./**/sly')
SELECT domain_in('x'::cstring, 'sly'::regtype::oid, -1) IS NULL
SELECT satisfies_hash_partition('people'::regclass, 2, 0, 5)
-- passes:
SELECT pg_input_is_valid('x', 'INT'), pg_input_is_valid('{1}', 'integer[]')

-- # built-in names over types of users, and arguments without a type
-- made:
CREATE TYPE e1 AS ENUM ('a', 'x')
CREATE FUNCTION lower(e1, int) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION array_length(e1) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION lower(people) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION opf(e1, int) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE OPERATOR && (LEFTARG = e1, RIGHTARG = int, FUNCTION = opf)
CREATE FUNCTION opd(e1, int DEFAULT 3) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION same(people, people) RETURNS boolean LANGUAGE sql AS 'SELECT boom(1) = 1'
CREATE OPERATOR = (LEFTARG = people, RIGHTARG = people, FUNCTION = same)
CREATE FUNCTION in_body() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN lower('a', 5); END $$
-- refused:
SELECT lower('a', 5)
SELECT lower($1, 5)
SELECT lower('a' COLLATE "C", 5)
SELECT lower(NULL::unknown, 5)
SELECT array_length('a')
SELECT array_length(NULL)
SELECT 'a' && 5
SELECT NULL && id FROM people
SELECT $1 && 5
SELECT 'a' OPERATOR(public.&&) 5
SELECT 'x'::e1 && 5
SELECT in_body()
SELECT lower(p) FROM people p
SELECT lower(p.*) FROM people p
SELECT p.lower FROM people p
SELECT people.lower FROM people
SELECT a = b FROM people a, people b
SELECT a IN (SELECT b FROM people b) FROM people a
SELECT NULLIF(a, a) FROM people a
-- passes:
SELECT lower('X'), lower(name) FROM people
SELECT lower(p.name), lower($1) FROM people p WHERE p.id = '3' AND p.name = 'x' AND id = $2
SELECT array_length(ARRAY[1], 1), array_length('{1}'::int[], 1), ARRAY[1] && ARRAY[2]
SELECT ROW(1) = ROW(1), x % 2 = 0 FROM generate_series(1, 3) x
SELECT CASE p.id WHEN 1 THEN 'a' WHEN '2' THEN 'b' END, p.* FROM people p WHERE (p.id, p.name) = (1, 'x')

-- # built-in names with defaults, names and lists of arguments
-- made:
CREATE TYPE e1 AS ENUM ('a', 'x')
CREATE FUNCTION md5(text, e1 DEFAULT 'a') RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION repeat(VARIADIC e1[]) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION lpad(s e1, n int, f text) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE DOMAIN de AS e1
CREATE FUNCTION ltrim(de, int) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION neg(e1) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE OPERATOR - (RIGHTARG = e1, FUNCTION = neg)
CREATE FUNCTION same(json, e1) RETURNS boolean LANGUAGE sql AS 'SELECT boom(1) = 1'
CREATE OPERATOR <> (LEFTARG = json, RIGHTARG = e1, FUNCTION = same)
CREATE FUNCTION of_var() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x e1 := 'a'; BEGIN RETURN -x; END $$
-- refused:
SELECT md5('x', 'a')
SELECT repeat('a', 'b', 'a')
SELECT repeat(VARIADIC '{a}')
SELECT lpad(s => 'a', n => 1, f => 'x')
SELECT ltrim('a', 1)
SELECT - 'a'
SELECT -$1
SELECT -x FROM unnest(ARRAY['a']::e1[]) x
SELECT '{}'::json <> 'a'
SELECT of_var()
-- passes:
SELECT lpad(name, 3), rtrim(name, 'x'), -id, 3 - id FROM people

-- # heirs of a table
-- made:
CREATE TABLE child (extra int) INHERITS (people)
CREATE FUNCTION upper(people) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE FUNCTION as_name(child) RETURNS text LANGUAGE sql AS $$ SELECT '.'::text $$
CREATE CAST (child AS text) WITH FUNCTION as_name(child) AS IMPLICIT
-- refused:
SELECT upper(c) FROM child c
SELECT c.upper FROM child c
SELECT c.pg_ls_dir FROM child c
-- passes:
SELECT upper(c.name), c.extra FROM child c

-- # rows as values
-- made:
CREATE FUNCTION row2int(people) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT boom(1)'
CREATE CAST (people AS int) WITH FUNCTION row2int(people) AS IMPLICIT
-- refused:
SELECT abs(p) FROM people p
SELECT p + 1 FROM people p
SELECT sum(p) FROM people p
SELECT p::int FROM people p
SELECT generate_series(1, p) FROM people p
SELECT p.abs FROM people p
-- passes:
SELECT abs(p.id), p.id + 1, p.id::int FROM people p
SELECT count(*), sum(id) FROM people

-- # comparing rows
-- made:
CREATE FUNCTION rcmp(people, people) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT boom(1)'
CREATE FUNCTION rlt(people, people) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT boom(1) = 1'
CREATE OPERATOR <<| (LEFTARG = people, RIGHTARG = people, FUNCTION = rlt)
CREATE OPERATOR |>> (LEFTARG = people, RIGHTARG = people, FUNCTION = rlt)
CREATE OPERATOR CLASS row_ops DEFAULT FOR TYPE people USING btree AS OPERATOR 1 <<|, OPERATOR 3 |>>, FUNCTION 1 rcmp(people, people)
-- refused:
SELECT DISTINCT p FROM people p
SELECT p FROM people p ORDER BY p
SELECT p FROM people p UNION SELECT p FROM people p
SELECT ARRAY[p] < ARRAY[p] FROM people p
SELECT array_sort(ARRAY[p, p]) FROM people p
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY p) FROM people p
SELECT rank() OVER (ORDER BY p) FROM people p
-- passes:
SELECT DISTINCT p.name FROM people p ORDER BY p.name
SELECT * FROM people ORDER BY id, name

-- # attribute notation
-- made:
CREATE FUNCTION f1(anycompatiblenonarray) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE FUNCTION f2(VARIADIC anyarray) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE FUNCTION f3(VARIADIC anycompatiblearray) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE FUNCTION f4(pg_class) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE FUNCTION f5(int) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE FUNCTION f6(p text) RETURNS text LANGUAGE sql AS 'SELECT p.pg_ls_dir'
CREATE FUNCTION f7(p int) RETURNS int LANGUAGE sql AS 'SELECT p.f5'
CREATE FUNCTION f8(p bigint) RETURNS text LANGUAGE sql AS 'SELECT f8.p.pg_advisory_lock::text'
CREATE FUNCTION f9(p text) RETURNS text LANGUAGE sql AS 'SELECT p.pg_ls_dir FROM (SELECT 1) x WHERE EXISTS (SELECT 1 FROM people p)'
-- refused:
SELECT p.f1 FROM people p
SELECT p.f2 FROM people p
SELECT s.f3 FROM (SELECT 1) s
SELECT c.f4 FROM pg_class c
SELECT j.f1 FROM (people a CROSS JOIN people b) AS j
SELECT v.f1 FROM (VALUES (1)) v
WITH c AS (SELECT 1) SELECT c.f1 FROM c
SELECT json_table.f1 FROM json_table('[1]', '$[*]' COLUMNS (x int PATH '$'))
SELECT f6('.')
SELECT f7(1)
SELECT f8(1)
SELECT f9('.')
-- passes:
WITH c AS (SELECT id AS f5 FROM people) SELECT c.f5 FROM c
SELECT s.f5 FROM (SELECT 1 AS f5) s

-- # declarations that read like something else
-- made:
CREATE SCHEMA cursor
CREATE TYPE pair AS (a int, b text)
CREATE FUNCTION cursor.mk() RETURNS pair LANGUAGE sql AS $$ SELECT ROW(boom(1), '')::pair $$
CREATE TYPE "alias" AS (a int, b text)
CREATE FUNCTION d1() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x record := cursor.mk(); BEGIN RETURN 1; END $$
CREATE FUNCTION d2() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x "alias" := ROW(boom(1), ''); BEGIN RETURN 1; END $$
CREATE FUNCTION d3() RETURNS int LANGUAGE plpgsql AS $$ DECLARE type int := 3; BEGIN PERFORM 1 AS declare; PERFORM boom(1), 7 %type; RETURN 1; END $$
CREATE FUNCTION d4() RETURNS int LANGUAGE plpgsql AS $$ DECLARE type int := 3; BEGIN PERFORM 1 AS declare; RETURN boom(1) + 7 %type; END $$
CREATE FUNCTION d5() RETURNS int LANGUAGE plpgsql AS $$ DECLARE type int := 3; BEGIN PERFORM begin declare, boom(1) %type FROM (SELECT 1 AS begin) q; RETURN 1; END $$
CREATE FUNCTION n1(v text) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_variable
<<main>>
DECLARE a ALIAS FOR v; c CURSOR FOR SELECT 1; n numeric(10, 2)[] := '{1}'; t people.name%TYPE; r people%ROWTYPE; p people; s text := 'x';
BEGIN <<inner>> DECLARE i interval day to second; BEGIN t := a || main.s; RETURN t; END; END $$
-- refused:
SELECT d1()
SELECT d2()
SELECT d3()
SELECT d4()
SELECT d5()
-- passes:
SELECT n1('x')

-- # the search_path while a function runs
-- made:
CREATE SCHEMA other
CREATE SCHEMA "a,b"
CREATE SCHEMA "q""q"
CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION other.helper() RETURNS int LANGUAGE sql AS 'SELECT public.boom(1)'
CREATE FUNCTION "a,b".hidden() RETURNS int LANGUAGE sql AS 'SELECT public.boom(1)'
CREATE FUNCTION "q""q".hidden() RETURNS int LANGUAGE sql AS 'SELECT public.boom(1)'
CREATE FUNCTION calls() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN helper(); END'
CREATE VIEW called AS SELECT calls() AS h
CREATE DOMAIN checked AS text CHECK (calls() = 1)
CREATE FUNCTION p1() RETURNS int LANGUAGE sql SET search_path = other, pg_catalog AS 'SELECT max(h) FROM public.called'
CREATE FUNCTION p2() RETURNS boolean LANGUAGE sql SET search_path = other, pg_catalog AS $$ SELECT 'x'::public.checked IS NULL $$
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql SET search_path = "a,b" AS 'BEGIN RETURN hidden(); END'
CREATE FUNCTION p4() RETURNS int LANGUAGE plpgsql SET search_path = "q""q" AS 'BEGIN RETURN hidden(); END'
CREATE FUNCTION p5() RETURNS int LANGUAGE sql SET search_path = public AS 'SELECT max(h) FROM called'
CREATE FUNCTION p6() RETURNS text LANGUAGE sql SET standard_conforming_strings = off AS 'SELECT 1::text'
-- refused:
SELECT p1()
SELECT p2()
SELECT p3()
SELECT p4()
SELECT p6()
-- passes:
SELECT p5(), h FROM called

-- # operators that the catalog does not print
-- made:
CREATE SCHEMA sly
CREATE FUNCTION sly.eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT boom(1) = 1'
CREATE OPERATOR sly.= (LEFTARG = int, RIGHTARG = int, FUNCTION = sly.eq)
CREATE VIEW n_using AS SELECT id FROM people a JOIN people b USING (id)
SET LOCAL search_path = sly, pg_catalog, public
CREATE VIEW public.v_using AS SELECT id FROM people a JOIN people b USING (id)
CREATE VIEW public.v_case AS SELECT CASE id WHEN 3 THEN 'x' END AS c FROM people
CREATE VIEW public.v_nullif AS SELECT NULLIF(id, 3) AS c FROM people
CREATE VIEW public.v_distinct AS SELECT id IS DISTINCT FROM 3 AS c FROM people
CREATE DOMAIN public.d_case AS int CHECK (CASE VALUE WHEN 1 THEN true ELSE true END)
CREATE FUNCTION public.f_case(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE x WHEN 1 THEN 2 END; END
CREATE TABLE public.guarded (id int)
ALTER TABLE public.guarded ENABLE ROW LEVEL SECURITY
CREATE POLICY p ON public.guarded USING (CASE id WHEN 1 THEN true ELSE true END)
SET LOCAL search_path = public
-- refused:
SELECT * FROM v_using
SELECT * FROM v_case
SELECT * FROM v_nullif
SELECT * FROM v_distinct
SELECT 1::d_case
SELECT f_case(3)
SELECT * FROM guarded
-- passes:
SELECT * FROM n_using

-- # what the planner puts in the place of an operator
-- made:
CREATE FUNCTION good(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 OPERATOR(pg_catalog.=) $2'
CREATE FUNCTION bad(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT boom(1) = 1'
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = good, NEGATOR = !===)
CREATE OPERATOR !=== (LEFTARG = int, RIGHTARG = int, FUNCTION = bad, NEGATOR = ===)
CREATE OPERATOR <==> (LEFTARG = int, RIGHTARG = int, FUNCTION = good, COMMUTATOR = <==<)
CREATE OPERATOR <==< (LEFTARG = int, RIGHTARG = int, FUNCTION = bad, COMMUTATOR = <==>)
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = int, FUNCTION = good, COMMUTATOR = ====)
-- refused:
SELECT id FROM people WHERE NOT (id === ANY (ARRAY[1, 2]))
SELECT id FROM people WHERE id <==> 3
-- passes:
SELECT id FROM people WHERE NOT (id ==== 3)

-- # casts to arrays, and by input and output
-- made:
CREATE FUNCTION int2arr(int) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY[boom(1)::text] $$
CREATE CAST (int AS text[]) WITH FUNCTION int2arr(int)
CREATE FUNCTION int2arr_of(int) RETURNS text[] LANGUAGE sql AS 'SELECT $1::text[]'
CREATE TYPE e2 AS ENUM ('a', '1')
CREATE CAST (text AS e2) WITH INOUT AS IMPLICIT
CREATE FUNCTION opg(e2, int) RETURNS int LANGUAGE sql AS 'SELECT boom(1)'
CREATE OPERATOR ## (LEFTARG = e2, RIGHTARG = int, FUNCTION = opg)
-- refused:
SELECT 5::text[]
SELECT CAST(5 AS text ARRAY)
SELECT CAST(id AS _text) FROM people
SELECT int2arr_of(5)
SELECT 'a'::text ## 1
-- passes:
SELECT 5::text, '{a}'::text[], '{1}'::int[], to_json(5)

-- # casts that functions look for by themselves
-- made:
CREATE TYPE e2 AS ENUM ('a', '1')
CREATE TABLE marks (e e2, id int)
CREATE FUNCTION as_json(e2) RETURNS json LANGUAGE sql AS 'SELECT boom(1)::text::json'
CREATE CAST (e2 AS json) WITH FUNCTION as_json(e2)
CREATE TYPE pair AS (a int, b text)
CREATE FUNCTION as_text(pair) RETURNS text LANGUAGE sql AS 'SELECT boom(1)::text'
CREATE CAST (pair AS text) WITH FUNCTION as_text(pair)
-- refused:
SELECT ROW(1, 'x')::pair || ''
SELECT quote_literal(ROW(1, 'x')::pair)
SELECT to_json('a'::e2)
SELECT json_agg(x) FROM unnest(ARRAY['a'::e2]) x
SELECT to_jsonb(m) FROM marks m
SELECT row_to_json(m) FROM marks m
SELECT JSON_OBJECT('a': e) FROM marks
-- passes:
SELECT to_json(m.id), json_agg(p) FROM marks m, people p GROUP BY m.id
SELECT 'a' || id || name, quote_literal(id) FROM people

-- # expressions of indexes and checks
-- made:
CREATE TYPE box1 AS (v int)
CREATE FUNCTION to_box(bigint) RETURNS box1 LANGUAGE sql IMMUTABLE AS 'SELECT ROW(public.boom(1))::public.box1'
CREATE CAST (bigint AS box1) WITH FUNCTION to_box(bigint)
CREATE FUNCTION of_box(box1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE CAST (box1 AS int) WITH FUNCTION of_box(box1)
CREATE TABLE i1 (a int)
CREATE INDEX ON i1 ((a + (5::bigint::box1)::int))
CREATE FUNCTION inlined(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + public.boom(1)'
CREATE TABLE i2 (a int)
CREATE INDEX ON i2 (inlined(a))
CREATE FUNCTION tidy(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'DECLARE e public.box1; BEGIN RETURN lower($1); END'
CREATE TABLE i3 (a text CHECK (tidy(a) <> ''))
CREATE INDEX ON i3 (tidy(a))
-- refused:
SELECT * FROM i1 WHERE a = 1
EXPLAIN SELECT * FROM i1
SELECT * FROM i2
-- passes:
SELECT a, count(*)::int FROM i3 GROUP BY a

-- # functions in built-in operator families
-- made:
CREATE FUNCTION around(date, date, int, boolean, boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT boom(1) = 1'
ALTER OPERATOR FAMILY pg_catalog.datetime_ops USING btree ADD FUNCTION 3 (date, int) around(date, date, int, boolean, boolean)
-- refused:
SELECT count(*) OVER (ORDER BY d RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) FROM unnest(ARRAY[current_date]) d
-- passes:
SELECT count(*) OVER (ORDER BY d), d FROM unnest(ARRAY[current_date]) d ORDER BY d

-- # functions of extensions under other names
-- made:
CREATE EXTENSION tablefunc
ALTER FUNCTION crosstab(text) RENAME TO pivot_sql
-- refused:
SELECT * FROM pivot_sql('SELECT 1::text, ''a''::text, ''b''::text') AS t (a text, b text)
-- passes:
SELECT similarity('a', 'b'), 'a'::citext = 'A', '[1,2]'::vector <-> '[2,3]', 'a=>1'::hstore -> 'a'

-- # built-ins that are judged by their arguments, behind something
-- made:
CREATE OPERATOR #! (RIGHTARG = text, FUNCTION = current_setting)
CREATE OPERATOR #!! (LEFTARG = tsquery, RIGHTARG = text, FUNCTION = ts_rewrite)
CREATE OPERATOR #?# (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_input_is_valid)
CREATE FUNCTION gs(text) RETURNS text LANGUAGE internal STABLE STRICT AS 'show_config_by_name'
CREATE FUNCTION first_of(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1'
CREATE AGGREGATE set_agg(text) (SFUNC = first_of, STYPE = text, FINALFUNC = current_setting, INITCOND = 'app.jwt_secret')
CREATE OPERATOR #+ (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl)
-- refused:
SELECT #! 'app.jwt_secret'
SELECT 'a'::tsquery #!! 'SELECT 1'
SELECT 'x'::text #?# 'sly'::text
SELECT gs('app.jwt_secret')
SELECT set_agg('x')
-- passes:
SELECT 1 #+ 2, current_setting('work_mem')

-- # operators in filters on settings
-- made:
CREATE SCHEMA sly
CREATE FUNCTION always(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE OPERATOR sly.= (LEFTARG = text, RIGHTARG = text, FUNCTION = always)
-- refused:
SELECT setting FROM pg_settings WHERE name OPERATOR(sly.=) 'work_mem'
-- passes:
SELECT setting FROM pg_settings WHERE name = 'work_mem'
SELECT setting FROM pg_settings WHERE name OPERATOR(pg_catalog.=) 'work_mem'
