"""PostgreSQL for servers of the suite (extra `[postgres]`).

`pool.Database` keeps the connections, `session.Session` is one read-only transaction, `codecs` and `parameters` carry
values exactly between PostgreSQL and JSON, `guard` judges statements, `embedded` runs a private PostgreSQL (extra
`[embedded]`). Nothing is imported here: asyncpg and pglast load when their module is first used.
"""
