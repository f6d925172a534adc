-- What the catalog says of the tables that this role may read. $1 and $2 are the allow-lists (schemas, tables); when both
-- are empty everything is allowed but the audit log of these servers. Partitions are their parent's, so lists leave them
-- out. Every name, type and operator is qualified: a search_path with a schema that strangers may create in must not put
-- theirs in the place of PostgreSQL's.

-- name: tables
SELECT c.oid::bigint AS oid,
       n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS name,
       c.relkind::pg_catalog.text AS kind,
       pg_catalog.obj_description(c.oid, 'pg_class') AS description,
       CASE WHEN c.reltuples OPERATOR(pg_catalog.>=) 0 THEN c.reltuples::bigint END AS row_estimate
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'm', 'f']::pg_catalog.text[])
  AND NOT c.relispartition
  AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) 'information_schema'
  AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_')
  AND ((((pg_catalog.cardinality($1::pg_catalog.text[]) OPERATOR(pg_catalog.=) 0
          AND pg_catalog.cardinality($2::pg_catalog.text[]) OPERATOR(pg_catalog.=) 0)
         OR c.relname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[]))
        AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) 'mcp_audit')
       OR n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
       OR pg_catalog.concat(n.nspname, '.', c.relname) OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[]))
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY n.nspname::pg_catalog.text COLLATE pg_catalog."C", c.relname::pg_catalog.text COLLATE pg_catalog."C"

-- name: candidates
-- Relations of one name, those on the search path first.
SELECT c.oid::bigint AS oid,
       n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS name,
       c.relkind::pg_catalog.text AS kind,
       pg_catalog.obj_description(c.oid, 'pg_class') AS description,
       CASE WHEN c.reltuples OPERATOR(pg_catalog.>=) 0 THEN c.reltuples::bigint END AS row_estimate,
       pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)::int AS path_position
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.relname::pg_catalog.text OPERATOR(pg_catalog.=) $3::pg_catalog.text
  AND ($4::pg_catalog.text IS NULL OR n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) $4::pg_catalog.text)
  AND c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'm', 'f']::pg_catalog.text[])
  AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) 'information_schema'
  AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_')
  AND ((((pg_catalog.cardinality($1::pg_catalog.text[]) OPERATOR(pg_catalog.=) 0
          AND pg_catalog.cardinality($2::pg_catalog.text[]) OPERATOR(pg_catalog.=) 0)
         OR c.relname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[]))
        AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) 'mcp_audit')
       OR n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
       OR pg_catalog.concat(n.nspname, '.', c.relname) OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[]))
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY path_position NULLS LAST, n.nspname::pg_catalog.text COLLATE pg_catalog."C"

-- name: columns
SELECT a.attrelid::bigint AS table,
       a.attname::pg_catalog.text AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       b.oid::bigint AS type_oid,
       b.typcategory::pg_catalog.text AS category,
       b.typtype::pg_catalog.text AS type_kind,
       NOT a.attnotnull AS nullable,
       pg_catalog.col_description(a.attrelid, a.attnum) AS description,
       CASE WHEN a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) '' THEN
           pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_value,
       CASE WHEN b.typtype::pg_catalog.text OPERATOR(pg_catalog.=) 'e' THEN
           ARRAY(SELECT e.enumlabel::pg_catalog.text
                 FROM pg_catalog.pg_enum AS e
                 WHERE e.enumtypid OPERATOR(pg_catalog.=) b.oid
                 ORDER BY e.enumsortorder) END AS enum_values
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
JOIN pg_catalog.pg_type AS b
  ON b.oid OPERATOR(pg_catalog.=)
     CASE WHEN t.typtype::pg_catalog.text OPERATOR(pg_catalog.=) 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_catalog.pg_attrdef AS d
  ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid AND d.adnum OPERATOR(pg_catalog.=) a.attnum
WHERE a.attrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])
  AND a.attnum OPERATOR(pg_catalog.>) 0
  AND NOT a.attisdropped
  AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attrelid, a.attnum

-- name: keys
-- Primary keys and foreign keys, the latter in both directions.
SELECT k.contype::pg_catalog.text AS kind,
       k.conrelid::bigint AS table,
       n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS name,
       k.confrelid::bigint AS target,
       fn.nspname::pg_catalog.text AS target_schema,
       fc.relname::pg_catalog.text AS target_name,
       ARRAY(SELECT a.attname::pg_catalog.text
             FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a
               ON a.attrelid OPERATOR(pg_catalog.=) k.conrelid AND a.attnum OPERATOR(pg_catalog.=) u.number
             ORDER BY u.place) AS columns,
       ARRAY(SELECT a.attname::pg_catalog.text
             FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a
               ON a.attrelid OPERATOR(pg_catalog.=) k.confrelid AND a.attnum OPERATOR(pg_catalog.=) u.number
             ORDER BY u.place) AS target_columns
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
LEFT JOIN pg_catalog.pg_class AS fc ON fc.oid OPERATOR(pg_catalog.=) k.confrelid
LEFT JOIN pg_catalog.pg_namespace AS fn ON fn.oid OPERATOR(pg_catalog.=) fc.relnamespace
WHERE k.contype::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['p', 'f']::pg_catalog.text[])
  AND (k.conrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])
       OR k.confrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[]))
  AND NOT (k.conparentid OPERATOR(pg_catalog.<>) 0::pg_catalog.oid AND c.relispartition)
ORDER BY k.conname::pg_catalog.text COLLATE pg_catalog."C"

-- name: indexes
SELECT i.indrelid::bigint AS table,
       ic.relname::pg_catalog.text AS name,
       i.indisunique AS unique,
       m.amname::pg_catalog.text AS method,
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, place, true)
             FROM pg_catalog.generate_series(1, i.indnkeyatts::int) AS place) AS columns,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS ic ON ic.oid OPERATOR(pg_catalog.=) i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid OPERATOR(pg_catalog.=) ic.relam
WHERE i.indrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])
  AND i.indisvalid
ORDER BY ic.relname::pg_catalog.text COLLATE pg_catalog."C"

-- name: unique_order
-- Columns by which the rows of a table have one order: its primary key, or else its smallest unique index without NULLs.
SELECT ARRAY(SELECT a.attname::pg_catalog.text
             FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a
               ON a.attrelid OPERATOR(pg_catalog.=) i.indrelid AND a.attnum OPERATOR(pg_catalog.=) u.number
             WHERE u.place OPERATOR(pg_catalog.<=) i.indnkeyatts
             ORDER BY u.place) AS columns
FROM pg_catalog.pg_index AS i
WHERE i.indrelid OPERATOR(pg_catalog.=) $1::pg_catalog.oid
  AND i.indisunique
  AND i.indisvalid
  AND i.indimmediate
  AND i.indpred IS NULL
  AND i.indexprs IS NULL
  AND NOT EXISTS (SELECT 1
                  FROM pg_catalog.pg_attribute AS a
                  WHERE a.attrelid OPERATOR(pg_catalog.=) i.indrelid
                    AND a.attnum OPERATOR(pg_catalog.=) ANY (i.indkey::pg_catalog.int2[])
                    AND NOT a.attnotnull)
ORDER BY i.indisprimary DESC, i.indnkeyatts
LIMIT 1

-- name: matches
-- Tables in which a word stands: in their name or comment, or in those of their columns.
SELECT c.oid::bigint AS oid,
       pg_catalog.strpos(pg_catalog.lower(pg_catalog.concat(n.nspname, '.', c.relname)), $2::pg_catalog.text)
           OPERATOR(pg_catalog.>) 0 AS in_name,
       pg_catalog.strpos(pg_catalog.lower(pg_catalog.obj_description(c.oid, 'pg_class')), $2::pg_catalog.text)
           OPERATOR(pg_catalog.>) 0 AS in_description,
       ARRAY(SELECT a.attname::pg_catalog.text
             FROM pg_catalog.pg_attribute AS a
             WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
               AND a.attnum OPERATOR(pg_catalog.>) 0
               AND NOT a.attisdropped
               AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
               AND pg_catalog.strpos(
                       pg_catalog.lower(pg_catalog.concat_ws(' ', a.attname, pg_catalog.col_description(c.oid, a.attnum))),
                       $2::pg_catalog.text) OPERATOR(pg_catalog.>) 0
             ORDER BY a.attnum) AS columns
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.oid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])

-- name: relationships
SELECT pg_catalog.count(*) AS number
FROM pg_catalog.pg_constraint AS k
WHERE k.contype::pg_catalog.text OPERATOR(pg_catalog.=) 'f'
  AND k.conparentid OPERATOR(pg_catalog.=) 0::pg_catalog.oid
  AND k.conrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])
  AND k.confrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])

-- name: estimates
SELECT n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS name,
       c.reltuples::pg_catalog.float8 AS rows
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
  AND c.relname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[])

-- name: unknown_names
-- What the allow-lists name and is not there, whoever may read it.
SELECT 'schema' AS kind, s.name
FROM pg_catalog.unnest($1::pg_catalog.text[]) AS s(name)
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_namespace AS n WHERE n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) s.name
)
UNION ALL
SELECT 'table' AS kind, t.name
FROM pg_catalog.unnest($2::pg_catalog.text[]) AS t(name)
WHERE NOT EXISTS (
    SELECT
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'm', 'f']::pg_catalog.text[])
      AND (c.relname::pg_catalog.text OPERATOR(pg_catalog.=) t.name
           OR pg_catalog.concat(n.nspname, '.', c.relname) OPERATOR(pg_catalog.=) t.name)
)
