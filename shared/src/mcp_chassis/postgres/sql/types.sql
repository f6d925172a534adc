-- name: types
SELECT t.oid::bigint AS oid,
       pg_catalog.format_type(t.oid, NULL) AS name,
       t.typtype::pg_catalog.text AS kind,
       t.typcategory::pg_catalog.text AS category,
       CASE WHEN t.typcategory OPERATOR(pg_catalog.=) 'A' THEN t.typelem::bigint ELSE 0 END AS element,
       t.typdelim::pg_catalog.text AS delimiter,
       t.typbasetype::bigint AS base,
       t.typlen AS length
FROM pg_catalog.pg_type AS t
WHERE t.oid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])
