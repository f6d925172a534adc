-- The audit log in PostgreSQL, version 1. The sink makes it where it may; an owner who is somebody else runs this file
-- with psql. The lines are those of the files, byte for byte; the other columns are taken from them for searching, text
-- in them is cut at 500 characters. docs/audit.md tells who needs which rights.

-- name: schema
CREATE SCHEMA mcp_audit;

-- name: records
CREATE TABLE mcp_audit.records (
    instance text NOT NULL,
    seq bigint NOT NULL,
    server text NOT NULL,
    file text NOT NULL,
    ts timestamptz,
    event text,
    principal text,
    tenant text,
    action text,
    decision text,
    outcome text,
    duration_ms double precision,
    hash text,
    record text NOT NULL,
    content jsonb,
    PRIMARY KEY (instance, seq)
);

-- name: records_by_time
CREATE INDEX records_by_time ON mcp_audit.records (ts);

-- name: records_by_principal
CREATE INDEX records_by_principal ON mcp_audit.records (principal, ts);

-- name: records_by_tenant
CREATE INDEX records_by_tenant ON mcp_audit.records (tenant, ts);

-- name: checkpoints
CREATE TABLE mcp_audit.checkpoints (
    instance text NOT NULL,
    number bigint NOT NULL,
    server text NOT NULL,
    size bigint,
    checkpoint text NOT NULL,
    PRIMARY KEY (instance, number)
);

-- name: files
-- The lines of the files, from which a chain's folder can be made again.
CREATE VIEW mcp_audit.files AS
SELECT server, instance, file, seq AS number, record AS line FROM mcp_audit.records
UNION ALL
SELECT server, instance, 'checkpoints.jsonl', number, checkpoint FROM mcp_audit.checkpoints;

-- name: format
-- Last of all, since it tells that all is there. The id tells one database from another that the log was sent to before.
CREATE TABLE mcp_audit.format AS SELECT 1 AS version, gen_random_uuid() AS id;
