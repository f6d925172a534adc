-- The catalog as the guard reads it. Everything is qualified, operators too: a hostile search_path must not reach these
-- statements. Objects below OID 16384 came with the server; everything else was made by somebody.

-- name: builtins
SELECT p.proname::pg_catalog.text AS name,
       p.pronargs::pg_catalog.int4 AS args,
       p.pronargdefaults::pg_catalog.int4 AS defaults,
       (p.provariadic OPERATOR(pg_catalog.<>) 0) AS variadic,
       p.provolatile::pg_catalog.text AS volatility,
       p.prokind::pg_catalog.text AS kind,
       p.prosrc AS source,
       p.proargtypes::pg_catalog.oid[] AS argtypes,
       (p.prorettype OPERATOR(pg_catalog.=) 2249) AS gives_rows
  FROM pg_catalog.pg_proc p
 WHERE p.oid OPERATOR(pg_catalog.<) 16384

-- name: builtin_operators
SELECT o.oprname::pg_catalog.text AS name,
       ARRAY[o.oprleft, o.oprright] AS operands
  FROM pg_catalog.pg_operator o
 WHERE o.oid OPERATOR(pg_catalog.<) 16384

-- name: builtin_types
SELECT DISTINCT t.typname::pg_catalog.text AS name
  FROM pg_catalog.pg_type t
 WHERE t.oid OPERATOR(pg_catalog.<) 16384

-- name: literals
SELECT pg_catalog.current_setting('standard_conforming_strings') AS standard

-- name: settings
SELECT 'roles' AS holder, pg_catalog.split_part(u.setting, '=', 1) AS name
  FROM pg_catalog.pg_db_role_setting s
 CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS u(setting)
 WHERE 'roles' OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
UNION
SELECT 'functions', pg_catalog.split_part(u.setting, '=', 1)
  FROM pg_catalog.pg_proc p
 CROSS JOIN LATERAL pg_catalog.unnest(p.proconfig) AS u(setting)
 WHERE 'functions' OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
UNION
SELECT 'modules', s.name
  FROM pg_catalog.pg_settings s
 WHERE 'modules' OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
   AND pg_catalog.strpos(s.name, '.') OPERATOR(pg_catalog.>) 0

-- name: probe
SELECT 'function' AS kind, p.proname::pg_catalog.text AS name, false AS plain, ARRAY[]::pg_catalog.text[] AS symbols
  FROM pg_catalog.pg_proc p
 WHERE p.oid OPERATOR(pg_catalog.>=) 16384
   AND p.proname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[])
UNION ALL
SELECT 'operator',
       o.oprname::pg_catalog.text,
       EXISTS (SELECT
                 FROM pg_catalog.pg_depend d
                WHERE d.classid OPERATOR(pg_catalog.=) 2617
                  AND d.objid OPERATOR(pg_catalog.=) o.oid
                  AND d.deptype OPERATOR(pg_catalog.=) 'e')
       AND NOT EXISTS (SELECT
                         FROM pg_catalog.pg_operator r
                         JOIN pg_catalog.pg_proc p
                           ON p.oid OPERATOR(pg_catalog.=) ANY (ARRAY[r.oprcode, r.oprrest, r.oprjoin]::pg_catalog.oid[])
                         JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) p.prolang
                        WHERE r.oid OPERATOR(pg_catalog.=) ANY (ARRAY[o.oid, o.oprnegate, o.oprcom])
                          AND p.oid OPERATOR(pg_catalog.>=) 16384
                          AND (l.lanname OPERATOR(pg_catalog.<>) ALL (ARRAY['c', 'internal']::pg_catalog.name[])
                               OR p.provolatile OPERATOR(pg_catalog.=) 'v'
                               OR p.proconfig IS NOT NULL
                               OR NOT EXISTS (SELECT
                                                FROM pg_catalog.pg_depend d
                                               WHERE d.classid OPERATOR(pg_catalog.=) 1255
                                                 AND d.objid OPERATOR(pg_catalog.=) p.oid
                                                 AND d.deptype OPERATOR(pg_catalog.=) 'e'))),
       ARRAY(SELECT p.prosrc
               FROM pg_catalog.pg_operator r
               JOIN pg_catalog.pg_proc p
                 ON p.oid OPERATOR(pg_catalog.=) ANY (ARRAY[r.oprcode, r.oprrest, r.oprjoin]::pg_catalog.oid[])
              WHERE r.oid OPERATOR(pg_catalog.=) ANY (ARRAY[o.oid, o.oprnegate, o.oprcom]))
  FROM pg_catalog.pg_operator o
 WHERE o.oid OPERATOR(pg_catalog.>=) 16384
   AND o.oprname OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.text[]::pg_catalog.name[])
UNION ALL
SELECT 'type', t.typname::pg_catalog.text, false, ARRAY[]::pg_catalog.text[]
  FROM pg_catalog.pg_type t
 WHERE t.oid OPERATOR(pg_catalog.>=) 16384
   AND t.typname OPERATOR(pg_catalog.=) ANY ($3::pg_catalog.text[]::pg_catalog.name[])
UNION ALL
SELECT 'world', '', false, ARRAY[]::pg_catalog.text[]
 WHERE EXISTS (SELECT
                 FROM pg_catalog.pg_cast c
                WHERE c.oid OPERATOR(pg_catalog.>=) 16384
                  AND c.castsource OPERATOR(pg_catalog.<) 16384
                  AND (c.casttarget OPERATOR(pg_catalog.<) 16384 OR c.castcontext OPERATOR(pg_catalog.=) 'i'))
    OR EXISTS (SELECT
                 FROM pg_catalog.pg_opclass k
                WHERE k.oid OPERATOR(pg_catalog.>=) 16384
                  AND k.opcintype OPERATOR(pg_catalog.<) 16384
                  AND k.opcdefault
                  AND k.opcmethod OPERATOR(pg_catalog.=) ANY (ARRAY[403, 405]::pg_catalog.oid[]))
    OR EXISTS (SELECT
                 FROM pg_catalog.pg_amproc s
                WHERE s.oid OPERATOR(pg_catalog.>=) 16384
                  AND s.amprocfamily OPERATOR(pg_catalog.<) 16384)
    OR EXISTS (SELECT
                 FROM pg_catalog.pg_amop s
                WHERE s.oid OPERATOR(pg_catalog.>=) 16384
                  AND s.amopfamily OPERATOR(pg_catalog.<) 16384)

-- name: functions
SELECT p.oid,
       n.nspname::pg_catalog.text AS schema,
       p.proname::pg_catalog.text AS name,
       pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) AS rank,
       pg_catalog.array_position(pg_catalog.current_schemas(true), 'pg_catalog'::pg_catalog.name) AS catalog_rank,
       p.prokind::pg_catalog.text AS kind,
       p.provolatile::pg_catalog.text AS volatility,
       l.lanname::pg_catalog.text AS language,
       p.prosrc AS source,
       CASE WHEN p.prosqlbody IS NOT NULL THEN pg_catalog.pg_get_function_sqlbody(p.oid) END AS sqlbody,
       p.pronargs::pg_catalog.int4 AS args,
       p.pronargdefaults::pg_catalog.int4 AS defaults,
       (p.provariadic OPERATOR(pg_catalog.<>) 0) AS variadic,
       p.proargtypes::pg_catalog.oid[] AS argtypes,
       COALESCE(p.proallargtypes, p.proargtypes::pg_catalog.oid[]) AS alltypes,
       ARRAY(SELECT COALESCE(e.typtype, t.typtype)::pg_catalog.text
               FROM pg_catalog.unnest(COALESCE(p.proallargtypes, p.proargtypes::pg_catalog.oid[]))
                    WITH ORDINALITY AS u(oid, n)
               JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) u.oid
               LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem
                                             AND t.typcategory OPERATOR(pg_catalog.=) 'A'
              ORDER BY u.n) AS kinds,
       ARRAY(SELECT t.oid
               FROM pg_catalog.unnest(p.proargtypes::pg_catalog.oid[]) AS u(oid)
               JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) u.oid
              WHERE t.typcategory OPERATOR(pg_catalog.=) 'S') AS texts,
       COALESCE(p.proargnames, ARRAY[]::pg_catalog.text[]) AS argnames,
       COALESCE(p.proargmodes::pg_catalog.text[], ARRAY[]::pg_catalog.text[]) AS argmodes,
       p.prorettype AS returns,
       (SELECT t.typtype::pg_catalog.text
          FROM pg_catalog.pg_type t
         WHERE t.oid OPERATOR(pg_catalog.=) p.prorettype) AS returns_kind,
       p.proretset AS returns_set,
       COALESCE(p.proconfig, ARRAY[]::pg_catalog.text[]) AS config,
       pg_catalog.pg_get_expr(p.proargdefaults, 0) AS default_values,
       (SELECT e.extname::pg_catalog.text
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid
         WHERE d.classid OPERATOR(pg_catalog.=) 1255
           AND d.objid OPERATOR(pg_catalog.=) p.oid
           AND d.deptype OPERATOR(pg_catalog.=) 'e'
         LIMIT 1) AS extension,
       pg_catalog.split_part(p.probin, '/', -1) AS library,
       ARRAY(SELECT COALESCE(o.oprcode::pg_catalog.oid, d.refobjid)
               FROM pg_catalog.pg_depend d
               LEFT JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) d.refobjid
                                                 AND d.refclassid OPERATOR(pg_catalog.=) 2617
              WHERE d.classid OPERATOR(pg_catalog.=) 1255
                AND d.objid OPERATOR(pg_catalog.=) p.oid
                AND d.deptype OPERATOR(pg_catalog.=) 'n'
                AND d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY[1255, 2617]::pg_catalog.oid[])) AS used,
       ARRAY(SELECT f
               FROM pg_catalog.pg_aggregate a
               LEFT JOIN pg_catalog.pg_operator s ON s.oid OPERATOR(pg_catalog.=) a.aggsortop
              CROSS JOIN LATERAL pg_catalog.unnest(ARRAY[
                    a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn,
                    a.aggminvtransfn, a.aggmfinalfn, s.oprcode]::pg_catalog.oid[]) AS u(f)
              WHERE a.aggfnoid::pg_catalog.oid OPERATOR(pg_catalog.=) p.oid
                AND p.prokind OPERATOR(pg_catalog.=) 'a'
                AND f IS NOT NULL
                AND f OPERATOR(pg_catalog.<>) 0) AS behind,
       p.prosupport::pg_catalog.oid AS support
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) p.prolang
 WHERE (p.oid OPERATOR(pg_catalog.>=) 16384
        AND p.proname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[]))
    OR p.oid OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.oid[])

-- name: operators
SELECT o.oid,
       n.nspname::pg_catalog.text AS schema,
       o.oprname::pg_catalog.text AS name,
       pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) AS rank,
       ARRAY[o.oprleft, o.oprright] AS operands,
       ARRAY(SELECT COALESCE(e.typtype, t.typtype)::pg_catalog.text
               FROM pg_catalog.unnest(ARRAY[o.oprleft, o.oprright]) WITH ORDINALITY AS u(oid, n)
               LEFT JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) u.oid
               LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem
                                             AND t.typcategory OPERATOR(pg_catalog.=) 'A'
              ORDER BY u.n) AS kinds,
       ARRAY(SELECT t.oid
               FROM pg_catalog.pg_type t
              WHERE t.oid OPERATOR(pg_catalog.=) ANY (ARRAY[o.oprleft, o.oprright])
                AND t.typcategory OPERATOR(pg_catalog.=) 'S') AS texts,
       o.oprresult AS result,
       ARRAY(SELECT DISTINCT u.f
               FROM (SELECT pg_catalog.unnest(ARRAY[r.oprcode, r.oprrest, r.oprjoin]::pg_catalog.oid[]) AS f
                       FROM pg_catalog.pg_operator a
                       JOIN pg_catalog.pg_operator r
                         ON r.oid OPERATOR(pg_catalog.=) ANY (ARRAY[a.oid, a.oprnegate, a.oprcom])
                      WHERE a.oid OPERATOR(pg_catalog.=) ANY (ARRAY[o.oid, o.oprcom])
                     UNION ALL
                     SELECT s.amproc::pg_catalog.oid
                       FROM pg_catalog.pg_amop a
                       JOIN pg_catalog.pg_amproc s ON s.amprocfamily OPERATOR(pg_catalog.=) a.amopfamily
                      WHERE a.amopopr OPERATOR(pg_catalog.=) o.oid
                     UNION ALL
                     SELECT r.oprcode::pg_catalog.oid
                       FROM pg_catalog.pg_amop a
                       JOIN pg_catalog.pg_amop s ON s.amopfamily OPERATOR(pg_catalog.=) a.amopfamily
                       JOIN pg_catalog.pg_operator r ON r.oid OPERATOR(pg_catalog.=) s.amopopr
                      WHERE a.amopopr OPERATOR(pg_catalog.=) o.oid) AS u
              WHERE u.f OPERATOR(pg_catalog.>=) 16384
                 OR u.f OPERATOR(pg_catalog.=) o.oprcode::pg_catalog.oid) AS behind
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.oprnamespace
 WHERE o.oid OPERATOR(pg_catalog.>=) 16384
   AND o.oprname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[])

-- name: types
SELECT t.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) AS rank,
       t.typtype::pg_catalog.text AS kind,
       t.typarray AS array,
       ARRAY(SELECT DISTINCT g.typname::pg_catalog.text
               FROM pg_catalog.pg_attribute a
               JOIN pg_catalog.pg_type g ON g.oid OPERATOR(pg_catalog.=) a.atttypid
              WHERE t.typtype OPERATOR(pg_catalog.=) 'c'
                AND a.attrelid OPERATOR(pg_catalog.=) t.typrelid
                AND a.attnum OPERATOR(pg_catalog.>) 0
                AND NOT a.attisdropped) AS attributes,
       ARRAY(SELECT DISTINCT u.r
               FROM (SELECT pg_catalog.unnest(ARRAY[t.typbasetype, t.typelem]) AS r
                     UNION ALL
                     SELECT a.atttypid
                       FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid OPERATOR(pg_catalog.=) t.typrelid
                        AND t.typrelid OPERATOR(pg_catalog.<>) 0
                        AND a.attnum OPERATOR(pg_catalog.>) 0
                        AND NOT a.attisdropped
                     UNION ALL
                     SELECT c.casttarget
                       FROM pg_catalog.pg_cast c
                      WHERE c.castsource OPERATOR(pg_catalog.=) t.oid
                        AND c.castcontext OPERATOR(pg_catalog.=) 'i'
                     UNION ALL
                     SELECT p.reltype
                       FROM pg_catalog.pg_inherits i
                       JOIN pg_catalog.pg_class p ON p.oid OPERATOR(pg_catalog.=) i.inhparent
                      WHERE i.inhrelid OPERATOR(pg_catalog.=) t.typrelid
                     UNION ALL
                     SELECT d.refobjid
                       FROM pg_catalog.pg_constraint k
                       JOIN pg_catalog.pg_depend d ON d.objid OPERATOR(pg_catalog.=) k.oid
                      WHERE k.contypid OPERATOR(pg_catalog.=) t.oid
                        AND k.contypid OPERATOR(pg_catalog.<>) 0
                        AND d.classid OPERATOR(pg_catalog.=) 2606
                        AND d.refclassid OPERATOR(pg_catalog.=) 1247
                     UNION ALL
                     SELECT pg_catalog.unnest(ARRAY[g.rngtypid, g.rngsubtype, g.rngmultitypid])
                       FROM pg_catalog.pg_range g
                      WHERE g.rngtypid OPERATOR(pg_catalog.=) t.oid
                         OR g.rngmultitypid OPERATOR(pg_catalog.=) t.oid) AS u
              WHERE u.r OPERATOR(pg_catalog.>=) 16384) AS related,
       ARRAY(SELECT DISTINCT u.f
               FROM (SELECT pg_catalog.unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin,
                                                    t.typmodout]::pg_catalog.oid[]) AS f
                     UNION ALL
                     SELECT COALESCE(o.oprcode::pg_catalog.oid, d.refobjid)
                       FROM pg_catalog.pg_constraint k
                       JOIN pg_catalog.pg_depend d ON d.objid OPERATOR(pg_catalog.=) k.oid
                       LEFT JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) d.refobjid
                                                         AND d.refclassid OPERATOR(pg_catalog.=) 2617
                      WHERE k.contypid OPERATOR(pg_catalog.=) t.oid
                        AND k.contypid OPERATOR(pg_catalog.<>) 0
                        AND d.classid OPERATOR(pg_catalog.=) 2606
                        AND d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY[1255, 2617]::pg_catalog.oid[])
                     UNION ALL
                     SELECT pg_catalog.unnest(ARRAY[g.rngcanonical, g.rngsubdiff]::pg_catalog.oid[])
                       FROM pg_catalog.pg_range g
                      WHERE g.rngtypid OPERATOR(pg_catalog.=) t.oid
                     UNION ALL
                     SELECT s.amproc::pg_catalog.oid
                       FROM pg_catalog.pg_opclass k
                       JOIN pg_catalog.pg_amproc s ON s.amprocfamily OPERATOR(pg_catalog.=) k.opcfamily
                      WHERE k.oid OPERATOR(pg_catalog.=) (SELECT g.rngsubopc
                                                            FROM pg_catalog.pg_range g
                                                           WHERE g.rngtypid OPERATOR(pg_catalog.=) t.oid)
                         OR (k.opcintype OPERATOR(pg_catalog.=) t.oid
                             AND k.opcdefault
                             AND k.opcmethod OPERATOR(pg_catalog.=) ANY (ARRAY[403, 405]::pg_catalog.oid[]))
                     UNION ALL
                     SELECT o.oprcode::pg_catalog.oid
                       FROM pg_catalog.pg_opclass k
                       JOIN pg_catalog.pg_amop s ON s.amopfamily OPERATOR(pg_catalog.=) k.opcfamily
                       JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) s.amopopr
                      WHERE k.opcintype OPERATOR(pg_catalog.=) t.oid
                        AND k.opcdefault
                        AND k.opcmethod OPERATOR(pg_catalog.=) ANY (ARRAY[403, 405]::pg_catalog.oid[])) AS u
              WHERE u.f OPERATOR(pg_catalog.>=) 16384) AS functions,
       ARRAY(SELECT c.castcontext::pg_catalog.text
               FROM pg_catalog.pg_cast c
               JOIN pg_catalog.pg_type g ON g.oid OPERATOR(pg_catalog.=) c.casttarget
              WHERE t.oid OPERATOR(pg_catalog.=) ANY (ARRAY[c.castsource, c.casttarget])
                AND c.castfunc OPERATOR(pg_catalog.<>) 0
              ORDER BY c.oid) AS cast_contexts,
       ARRAY(SELECT CASE WHEN e.oid IS NULL THEN g.typname::pg_catalog.text ELSE pg_catalog.concat(e.typname, '[]') END
               FROM pg_catalog.pg_cast c
               JOIN pg_catalog.pg_type g ON g.oid OPERATOR(pg_catalog.=) c.casttarget
               LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) g.typelem
                                             AND g.typcategory OPERATOR(pg_catalog.=) 'A'
              WHERE t.oid OPERATOR(pg_catalog.=) ANY (ARRAY[c.castsource, c.casttarget])
                AND c.castfunc OPERATOR(pg_catalog.<>) 0
              ORDER BY c.oid) AS cast_targets,
       ARRAY(SELECT c.castfunc
               FROM pg_catalog.pg_cast c
               JOIN pg_catalog.pg_type g ON g.oid OPERATOR(pg_catalog.=) c.casttarget
              WHERE t.oid OPERATOR(pg_catalog.=) ANY (ARRAY[c.castsource, c.casttarget])
                AND c.castfunc OPERATOR(pg_catalog.<>) 0
              ORDER BY c.oid) AS cast_functions,
       ARRAY(SELECT pg_catalog.pg_get_expr(c.conbin, 0)
               FROM pg_catalog.pg_constraint c
              WHERE c.contypid OPERATOR(pg_catalog.=) t.oid
                AND c.contypid OPERATOR(pg_catalog.<>) 0
                AND c.conbin IS NOT NULL) AS checks
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
 WHERE t.oid OPERATOR(pg_catalog.>=) 16384
   AND (t.typname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[])
        OR t.oid OPERATOR(pg_catalog.=) ANY ($2::pg_catalog.oid[]))

-- name: casts
SELECT c.castsource AS source,
       pg_catalog.format_type(c.casttarget, NULL) AS target,
       c.casttarget AS target_oid,
       CASE WHEN e.oid IS NULL THEN t.typname::pg_catalog.text ELSE pg_catalog.concat(e.typname, '[]') END AS target_name,
       c.castcontext::pg_catalog.text AS context,
       c.castfunc AS function
  FROM pg_catalog.pg_cast c
  JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) c.casttarget
  LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem AND t.typcategory OPERATOR(pg_catalog.=) 'A'
 WHERE c.oid OPERATOR(pg_catalog.>=) 16384
   AND c.castsource OPERATOR(pg_catalog.<) 16384
   AND (c.casttarget OPERATOR(pg_catalog.<) 16384 OR c.castcontext OPERATOR(pg_catalog.=) 'i')

-- name: opclasses
WITH family AS (
    SELECT f.oid
      FROM pg_catalog.pg_opfamily f
     WHERE f.oid OPERATOR(pg_catalog.<) 16384
    UNION
    SELECT k.opcfamily
      FROM pg_catalog.pg_opclass k
     WHERE k.opcdefault
       AND k.oid OPERATOR(pg_catalog.>=) 16384
       AND k.opcintype OPERATOR(pg_catalog.<) 16384
       AND k.opcmethod OPERATOR(pg_catalog.=) ANY (ARRAY[403, 405]::pg_catalog.oid[])
)
SELECT s.amproc::pg_catalog.oid AS function,
       ARRAY[s.amproclefttype, s.amprocrighttype] AS types,
       (s.amprocnum OPERATOR(pg_catalog.=) 3 AND m.opfmethod OPERATOR(pg_catalog.=) 403) AS frames
  FROM pg_catalog.pg_amproc s
  JOIN family f ON f.oid OPERATOR(pg_catalog.=) s.amprocfamily
  JOIN pg_catalog.pg_opfamily m ON m.oid OPERATOR(pg_catalog.=) f.oid
 WHERE s.amproc::pg_catalog.oid OPERATOR(pg_catalog.>=) 16384
UNION ALL
SELECT o.oprcode::pg_catalog.oid, ARRAY[s.amoplefttype, s.amoprighttype], false
  FROM pg_catalog.pg_amop s
  JOIN family f ON f.oid OPERATOR(pg_catalog.=) s.amopfamily
  JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) s.amopopr
 WHERE o.oprcode::pg_catalog.oid OPERATOR(pg_catalog.>=) 16384

-- name: relations
SELECT c.oid,
       n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS name,
       pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) AS rank,
       c.relkind::pg_catalog.text AS kind,
       ARRAY(SELECT a.attname::pg_catalog.text
               FROM pg_catalog.pg_attribute a
              WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
                AND NOT a.attisdropped
              ORDER BY a.attnum) AS columns,
       ARRAY(SELECT a.atttypid
               FROM pg_catalog.pg_attribute a
              WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
                AND NOT a.attisdropped
              ORDER BY a.attnum) AS column_types,
       c.reltype AS row_type,
       ARRAY(SELECT COALESCE(o.oprcode::pg_catalog.oid, d.refobjid)
               FROM (SELECT 2618::pg_catalog.oid AS class, w.oid
                       FROM pg_catalog.pg_rewrite w
                      WHERE w.ev_class OPERATOR(pg_catalog.=) c.oid AND c.relkind OPERATOR(pg_catalog.=) 'v'
                     UNION ALL
                     SELECT 3256, p.oid
                       FROM pg_catalog.pg_policy p
                      WHERE p.polrelid OPERATOR(pg_catalog.=) c.oid
                     UNION ALL
                     SELECT 2604, a.oid
                       FROM pg_catalog.pg_attrdef a
                       JOIN pg_catalog.pg_attribute g ON g.attrelid OPERATOR(pg_catalog.=) a.adrelid
                                                     AND g.attnum OPERATOR(pg_catalog.=) a.adnum
                      WHERE a.adrelid OPERATOR(pg_catalog.=) c.oid AND g.attgenerated OPERATOR(pg_catalog.=) 'v'
                     UNION ALL
                     SELECT 1259, c.oid
                      WHERE EXISTS (SELECT
                                      FROM pg_catalog.pg_attribute g
                                     WHERE g.attrelid OPERATOR(pg_catalog.=) c.oid
                                       AND g.attgenerated OPERATOR(pg_catalog.=) 'v')) AS e(class, object)
               JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) e.class
                                          AND d.objid OPERATOR(pg_catalog.=) e.object
               LEFT JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) d.refobjid
                                                 AND d.refclassid OPERATOR(pg_catalog.=) 2617
              WHERE d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY[1255, 2617]::pg_catalog.oid[])
                AND c.oid OPERATOR(pg_catalog.>=) 16384) AS used,
       CASE WHEN c.relkind OPERATOR(pg_catalog.=) 'v' AND c.oid OPERATOR(pg_catalog.>=) 16384
            THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
       (SELECT e.extname::pg_catalog.text
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid
         WHERE d.classid OPERATOR(pg_catalog.=) 1259
           AND d.objid OPERATOR(pg_catalog.=) c.oid
           AND d.deptype OPERATOR(pg_catalog.=) 'e'
         LIMIT 1) AS extension,
       ARRAY(SELECT x
               FROM pg_catalog.pg_policy p
              CROSS JOIN LATERAL (VALUES (pg_catalog.pg_get_expr(p.polqual, p.polrelid)),
                                         (pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))) AS u(x)
              WHERE p.polrelid OPERATOR(pg_catalog.=) c.oid
                AND x IS NOT NULL) AS policies,
       ARRAY(SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)
               FROM pg_catalog.pg_attribute a
               JOIN pg_catalog.pg_attrdef d ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid
                                           AND d.adnum OPERATOR(pg_catalog.=) a.attnum
              WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
                AND a.attgenerated OPERATOR(pg_catalog.=) 'v') AS generated,
       c.relrowsecurity AS row_security,
       (c.relhassubclass
        OR c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['f', 'p']::pg_catalog."char"[])
        OR EXISTS (SELECT
                     FROM pg_catalog.pg_index i
                    WHERE i.indrelid OPERATOR(pg_catalog.=) c.oid
                      AND (i.indexprs IS NOT NULL
                           OR i.indpred IS NOT NULL
                           OR 16384 OPERATOR(pg_catalog.<=) ANY (i.indclass::pg_catalog.oid[])))
        OR EXISTS (SELECT
                     FROM pg_catalog.pg_constraint k
                     JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) 2606
                                                AND d.objid OPERATOR(pg_catalog.=) k.oid
                    WHERE k.conrelid OPERATOR(pg_catalog.=) c.oid
                      AND k.conbin IS NOT NULL
                      AND d.refobjid OPERATOR(pg_catalog.>=) 16384
                      AND d.refclassid OPERATOR(pg_catalog.<>) 1259)
        OR EXISTS (SELECT
                     FROM pg_catalog.pg_statistic_ext x
                    WHERE x.stxrelid OPERATOR(pg_catalog.=) c.oid
                      AND x.stxexprs IS NOT NULL)) AS layered
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
 WHERE c.relname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[])
   AND c.relkind OPERATOR(pg_catalog.<>) ALL (ARRAY['i', 'I', 'c']::pg_catalog."char"[])

-- name: storage
WITH RECURSIVE family AS (
    SELECT r.oid, r.oid AS root
      FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS r(oid)
    UNION
    SELECT i.inhrelid, f.root
      FROM family f
      JOIN pg_catalog.pg_inherits i ON i.inhparent OPERATOR(pg_catalog.=) f.oid
)
SELECT f.root AS oid,
       w.fdwhandler AS handler,
       NULL::pg_catalog.oid AS function,
       NULL::pg_catalog.text AS folded,
       NULL::pg_catalog.oid[] AS used
  FROM family f
  JOIN pg_catalog.pg_foreign_table t ON t.ftrelid OPERATOR(pg_catalog.=) f.oid
  JOIN pg_catalog.pg_foreign_server s ON s.oid OPERATOR(pg_catalog.=) t.ftserver
  JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid OPERATOR(pg_catalog.=) s.srvfdw
UNION ALL
SELECT f.root, NULL, u.function, NULL, NULL
  FROM family f
 CROSS JOIN LATERAL (SELECT pg_catalog.unnest(i.indclass::pg_catalog.oid[])
                       FROM pg_catalog.pg_index i
                      WHERE i.indrelid OPERATOR(pg_catalog.=) f.oid
                     UNION
                     SELECT pg_catalog.unnest(p.partclass::pg_catalog.oid[])
                       FROM pg_catalog.pg_partitioned_table p
                      WHERE p.partrelid OPERATOR(pg_catalog.=) f.oid) AS k(oid)
  JOIN pg_catalog.pg_opclass c ON c.oid OPERATOR(pg_catalog.=) k.oid
 CROSS JOIN LATERAL (SELECT s.amproc::pg_catalog.oid
                       FROM pg_catalog.pg_amproc s
                      WHERE s.amprocfamily OPERATOR(pg_catalog.=) c.opcfamily
                     UNION
                     SELECT o.oprcode::pg_catalog.oid
                       FROM pg_catalog.pg_amop s
                       JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) s.amopopr
                      WHERE s.amopfamily OPERATOR(pg_catalog.=) c.opcfamily) AS u(function)
 WHERE k.oid OPERATOR(pg_catalog.>=) 16384
   AND u.function OPERATOR(pg_catalog.>=) 16384
UNION ALL
SELECT f.root, NULL, NULL, e.folded,
       ARRAY(SELECT COALESCE(o.oprcode::pg_catalog.oid, d.refobjid)
               FROM pg_catalog.pg_depend d
               LEFT JOIN pg_catalog.pg_operator o ON o.oid OPERATOR(pg_catalog.=) d.refobjid
                                                 AND d.refclassid OPERATOR(pg_catalog.=) 2617
              WHERE d.classid OPERATOR(pg_catalog.=) e.class
                AND d.objid OPERATOR(pg_catalog.=) e.object
                AND d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY[1255, 2617]::pg_catalog.oid[])
                AND d.refobjid OPERATOR(pg_catalog.>=) 16384)
  FROM family f
 CROSS JOIN LATERAL (
       SELECT 1259::pg_catalog.oid, i.indexrelid, pg_catalog.pg_get_expr(i.indexprs, i.indrelid)
         FROM pg_catalog.pg_index i
        WHERE i.indrelid OPERATOR(pg_catalog.=) f.oid AND i.indexprs IS NOT NULL
       UNION ALL
       SELECT 1259, i.indexrelid, pg_catalog.pg_get_expr(i.indpred, i.indrelid)
         FROM pg_catalog.pg_index i
        WHERE i.indrelid OPERATOR(pg_catalog.=) f.oid AND i.indpred IS NOT NULL
       UNION ALL
       SELECT 2606, c.oid, pg_catalog.pg_get_expr(c.conbin, c.conrelid)
         FROM pg_catalog.pg_constraint c
        WHERE c.conrelid OPERATOR(pg_catalog.=) f.oid AND c.conbin IS NOT NULL
       UNION ALL
       SELECT 3381, s.oid, pg_catalog.pg_get_expr(s.stxexprs, s.stxrelid)
         FROM pg_catalog.pg_statistic_ext s
        WHERE s.stxrelid OPERATOR(pg_catalog.=) f.oid AND s.stxexprs IS NOT NULL
       UNION ALL
       SELECT 1259, p.partrelid, pg_catalog.pg_get_expr(p.partexprs, p.partrelid)
         FROM pg_catalog.pg_partitioned_table p
        WHERE p.partrelid OPERATOR(pg_catalog.=) f.oid AND p.partexprs IS NOT NULL) AS e(class, object, folded)
 WHERE EXISTS (SELECT
                 FROM pg_catalog.pg_depend d
                WHERE d.classid OPERATOR(pg_catalog.=) e.class
                  AND d.objid OPERATOR(pg_catalog.=) e.object
                  AND d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY[1255, 2617, 1247]::pg_catalog.oid[])
                  AND d.refobjid OPERATOR(pg_catalog.>=) 16384)

-- name: heirs
WITH RECURSIVE family AS (
    SELECT r.oid, r.oid AS root
      FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS r(oid)
    UNION
    SELECT i.inhrelid, f.root
      FROM family f
      JOIN pg_catalog.pg_inherits i ON i.inhparent OPERATOR(pg_catalog.=) f.oid
)
SELECT f.root, n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name
  FROM family f
  JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) f.oid
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
 WHERE f.oid OPERATOR(pg_catalog.<>) f.root
   AND NOT c.relispartition

-- name: row_types
SELECT n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) AS rank,
       m.nspname::pg_catalog.text AS table_schema,
       c.relname::pg_catalog.text AS table,
       (c.oid IS NULL) AS names_objects
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
  LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem
  LEFT JOIN pg_catalog.pg_type b ON b.oid OPERATOR(pg_catalog.=) t.typbasetype
  LEFT JOIN pg_catalog.pg_type d ON d.oid OPERATOR(pg_catalog.=) b.typelem
  LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=)
            ANY (ARRAY[t.typrelid, e.typrelid, b.typrelid, d.typrelid])
        AND c.relkind OPERATOR(pg_catalog.<>) 'c'
  LEFT JOIN pg_catalog.pg_namespace m ON m.oid OPERATOR(pg_catalog.=) c.relnamespace
 WHERE t.oid OPERATOR(pg_catalog.>=) 16384
   AND t.typname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[]::pg_catalog.name[])
   AND (c.oid IS NOT NULL
        OR pg_catalog.format_type(t.typbasetype, NULL) OPERATOR(pg_catalog.~) '^reg(class|type|proc|oper|namespace)')
