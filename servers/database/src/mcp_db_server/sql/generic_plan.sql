-- EXPLAIN (GENERIC_PLAN) takes a statement whose parameters have no values, which the extended protocol cannot send: it
-- binds them all, and the planner then looks at what was bound. A body can run it, and hands its lines out in a setting of
-- this transaction.

-- name: keep
SELECT pg_catalog.set_config('mcp.statement', $1::pg_catalog.text, true)

-- name: explain
DO $body$
DECLARE
    line pg_catalog.text;
    lines pg_catalog.text[] := '{}';
BEGIN
    FOR line IN EXECUTE pg_catalog.current_setting('mcp.statement') LOOP
        lines := pg_catalog.array_append(lines, line);
    END LOOP;
    PERFORM pg_catalog.set_config('mcp.plan', lines::pg_catalog.text, true);
END
$body$

-- name: lines
SELECT pg_catalog.unnest(pg_catalog.current_setting('mcp.plan')::pg_catalog.text[]) AS "QUERY PLAN"
