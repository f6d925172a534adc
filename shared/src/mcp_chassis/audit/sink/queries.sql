-- name: look
-- What is there, told by the catalog, which asks for no right. The log may hold any character.
SELECT pg_catalog.current_setting('server_encoding') AS encoding,
       EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'mcp_audit') AS schema,
       EXISTS (SELECT FROM pg_catalog.pg_class AS c
               JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
               WHERE n.nspname = 'mcp_audit' AND c.relname = 'format') AS format

-- name: lock
-- Two processes may start at the same time.
SELECT pg_catalog.pg_advisory_xact_lock(7164508318091)

-- name: format
SELECT version, id::text AS id FROM mcp_audit.format

-- name: durable
-- What is committed is not sent again, so it must be on the disk, whatever the database's default is.
SELECT pg_catalog.set_config('synchronous_commit', 'on', true)
WHERE pg_catalog.current_setting('synchronous_commit') = 'off'

-- name: records
-- Without a conflict target no right to SELECT is needed.
INSERT INTO mcp_audit.records (instance, server, seq, file, ts, event, principal, tenant, action, decision, outcome,
                               duration_ms, hash, record, content)
SELECT $1::text, $2::text, r.seq, r.file, r.ts, r.event, r.principal, r.tenant, r.action, r.decision, r.outcome,
       r.duration_ms, r.hash, r.record, r.content::jsonb
FROM unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
            $11::text[], $12::double precision[], $13::text[], $14::text[], $15::text[])
     AS r (seq, file, ts, event, principal, tenant, action, decision, outcome, duration_ms, hash, record, content)
ON CONFLICT DO NOTHING

-- name: checkpoints
INSERT INTO mcp_audit.checkpoints (instance, server, number, size, checkpoint)
SELECT $1::text, $2::text, c.number, c.size, c.checkpoint
FROM unnest($3::bigint[], $4::bigint[], $5::text[]) AS c (number, size, checkpoint)
ON CONFLICT DO NOTHING
