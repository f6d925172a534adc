-- Every name and operator is qualified: this may run as a superuser, and a search_path with a schema that strangers may
-- create in must not put theirs in the place of PostgreSQL's.

-- name: login
-- What decides how queries run: may this login take the role of a reader, and is there anything it could write?
SELECT r.rolname::pg_catalog.text AS login,
       r.rolsuper AS superuser,
       pg_catalog.current_setting('server_version_num')::int AS version,
       CASE
           WHEN reader.oid IS NULL THEN false
           WHEN r.rolsuper THEN true
           -- Since PostgreSQL 16 a member may be kept from taking the role.
           WHEN pg_catalog.current_setting('server_version_num')::int OPERATOR(pg_catalog.>=) 160000 THEN
               pg_catalog.pg_has_role(r.oid, reader.oid, 'SET')
           ELSE pg_catalog.pg_has_role(r.oid, reader.oid, 'MEMBER')
       END AS may_read_all,
       CASE WHEN pg_catalog.strpos(pg_catalog.current_setting('search_path'), '$user') OPERATOR(pg_catalog.>) 0 THEN
           (SELECT pg_catalog.string_agg(
                       pg_catalog.quote_ident(CASE WHEN part.name OPERATOR(pg_catalog.=) '$user'
                                              THEN r.rolname::pg_catalog.text ELSE part.name END), ', ')
            FROM (SELECT pg_catalog.btrim(pg_catalog.btrim(name), '"') AS name
                  FROM pg_catalog.regexp_split_to_table(pg_catalog.current_setting('search_path'), ',') AS name) AS part
           ) END AS search_path
FROM pg_catalog.pg_roles AS r
LEFT JOIN pg_catalog.pg_roles AS reader ON reader.rolname OPERATOR(pg_catalog.=) 'pg_read_all_data'
WHERE r.rolname OPERATOR(pg_catalog.=) CURRENT_USER

-- name: powers
-- Everything a login could do if no layer of ours held, counted.
SELECT r.rolsuper AS superuser,
       r.rolcreaterole AS create_role,
       r.rolcreatedb AS create_database,
       r.rolreplication AS replication,
       r.rolbypassrls AS bypass_rls,
       pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CREATE') AS create_schema,
       (SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_namespace AS n
        WHERE NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_')
          AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
          AND pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE')) AS writable_schemas,
       (SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        WHERE c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'f']::pg_catalog.text[])
          AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_')
          AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
          AND pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS writable_tables,
       ARRAY(SELECT g.rolname::pg_catalog.text
             FROM pg_catalog.pg_roles AS g
             WHERE g.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY[
                       'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files',
                       'pg_write_all_data', 'pg_signal_backend', 'pg_maintain', 'pg_create_subscription'
                   ]::pg_catalog.text[])
               AND pg_catalog.pg_has_role(r.oid, g.oid, 'MEMBER')
             ORDER BY g.rolname) AS memberships
FROM pg_catalog.pg_roles AS r
WHERE r.rolname OPERATOR(pg_catalog.=) SESSION_USER
