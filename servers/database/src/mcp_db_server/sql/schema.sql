-- What the catalog says of the tables that this role may read. $1 and $2 are the allow-lists (schemas, tables); when both
-- are empty everything is allowed. Partitions are their parent's, so lists leave them out.

-- name: tables
SELECT c.oid::bigint AS oid,
       n.nspname::text AS schema,
       c.relname::text AS name,
       c.relkind::text AS kind,
       pg_catalog.obj_description(c.oid, 'pg_class') AS description,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS row_estimate
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT c.relispartition
  AND n.nspname::text <> 'information_schema'
  AND n.nspname::text NOT LIKE 'pg\_%'
  AND (pg_catalog.cardinality($1::text[]) + pg_catalog.cardinality($2::text[]) = 0
       OR n.nspname::text = ANY ($1::text[])
       OR c.relname::text = ANY ($2::text[])
       OR n.nspname::text || '.' || c.relname::text = ANY ($2::text[]))
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY n.nspname::text COLLATE "C", c.relname::text COLLATE "C"

-- name: candidates
-- Relations of one name, those on the search path first.
SELECT c.oid::bigint AS oid,
       n.nspname::text AS schema,
       c.relname::text AS name,
       c.relkind::text AS kind,
       pg_catalog.obj_description(c.oid, 'pg_class') AS description,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS row_estimate,
       pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)::int AS path_position
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname::text = $3::text
  AND ($4::text IS NULL OR n.nspname::text = $4::text)
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname::text <> 'information_schema'
  AND n.nspname::text NOT LIKE 'pg\_%'
  AND (pg_catalog.cardinality($1::text[]) + pg_catalog.cardinality($2::text[]) = 0
       OR n.nspname::text = ANY ($1::text[])
       OR c.relname::text = ANY ($2::text[])
       OR n.nspname::text || '.' || c.relname::text = ANY ($2::text[]))
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY path_position NULLS LAST, n.nspname::text COLLATE "C"

-- name: columns
SELECT a.attrelid::bigint AS table,
       a.attname::text AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       b.oid::bigint AS type_oid,
       b.typcategory::text AS category,
       b.typtype::text AS type_kind,
       NOT a.attnotnull AS nullable,
       pg_catalog.col_description(a.attrelid, a.attnum) AS description,
       CASE WHEN a.attgenerated::text = 's' OR a.attgenerated::text = 'v' THEN NULL
            ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_value,
       CASE WHEN b.typtype::text = 'e' THEN
           ARRAY(SELECT e.enumlabel::text
                 FROM pg_catalog.pg_enum AS e
                 WHERE e.enumtypid = b.oid
                 ORDER BY e.enumsortorder) END AS enum_values
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type AS b ON b.oid = CASE WHEN t.typtype::text = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY ($1::oid[])
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attrelid, a.attnum

-- name: keys
-- Primary keys, unique constraints and foreign keys, the latter in both directions.
SELECT k.contype::text AS kind,
       k.conrelid::bigint AS table,
       n.nspname::text AS schema,
       c.relname::text AS name,
       k.confrelid::bigint AS target,
       fn.nspname::text AS target_schema,
       fc.relname::text AS target_name,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number
             ORDER BY u.place) AS columns,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = u.number
             ORDER BY u.place) AS target_columns
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class AS fc ON fc.oid = k.confrelid
LEFT JOIN pg_catalog.pg_namespace AS fn ON fn.oid = fc.relnamespace
WHERE k.contype::text IN ('p', 'f')
  AND (k.conrelid = ANY ($1::oid[]) OR k.confrelid = ANY ($1::oid[]))
  AND NOT (k.conparentid <> 0::oid AND c.relispartition)
ORDER BY k.conname::text COLLATE "C"

-- name: indexes
SELECT i.indrelid::bigint AS table,
       ic.relname::text AS name,
       i.indisunique AS unique,
       m.amname::text AS method,
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, place, true)
             FROM pg_catalog.generate_series(1, i.indnkeyatts::int) AS place) AS columns,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = ic.relam
WHERE i.indrelid = ANY ($1::oid[])
  AND i.indisvalid
ORDER BY ic.relname::text COLLATE "C"

-- name: unique_order
-- Columns by which the rows of a table have one order: its primary key, or else its smallest unique index without NULLs.
SELECT ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u(number, place)
             JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = u.number
             WHERE u.place <= i.indnkeyatts
             ORDER BY u.place) AS columns
FROM pg_catalog.pg_index AS i
WHERE i.indrelid = $1::oid
  AND i.indisunique
  AND i.indisvalid
  AND i.indimmediate
  AND i.indpred IS NULL
  AND i.indexprs IS NULL
  AND NOT EXISTS (SELECT 1
                  FROM pg_catalog.pg_attribute AS a
                  WHERE a.attrelid = i.indrelid
                    AND a.attnum = ANY (i.indkey::int2[])
                    AND NOT a.attnotnull)
ORDER BY i.indisprimary DESC, i.indnkeyatts
LIMIT 1

-- name: matches
-- Tables in which a word stands: in their name or comment, or in those of their columns.
SELECT c.oid::bigint AS oid,
       (pg_catalog.strpos(pg_catalog.lower(n.nspname::text || '.' || c.relname::text), $2::text) > 0) AS in_name,
       pg_catalog.strpos(pg_catalog.lower(COALESCE(pg_catalog.obj_description(c.oid, 'pg_class'), '')), $2::text) > 0
           AS in_description,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.pg_attribute AS a
             WHERE a.attrelid = c.oid
               AND a.attnum > 0
               AND NOT a.attisdropped
               AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
               AND (pg_catalog.strpos(pg_catalog.lower(a.attname::text), $2::text) > 0
                    OR pg_catalog.strpos(
                        pg_catalog.lower(COALESCE(pg_catalog.col_description(c.oid, a.attnum), '')), $2::text) > 0)
             ORDER BY a.attnum) AS columns
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid = ANY ($1::oid[])

-- name: relationships
SELECT pg_catalog.count(*) AS number
FROM pg_catalog.pg_constraint AS k
WHERE k.contype::text = 'f'
  AND k.conparentid = 0::oid
  AND k.conrelid = ANY ($1::oid[])
  AND k.confrelid = ANY ($1::oid[])

-- name: estimates
SELECT n.nspname::text AS schema, c.relname::text AS name, c.reltuples::float8 AS rows
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname::text = ANY ($1::text[])
  AND c.relname::text = ANY ($2::text[])
