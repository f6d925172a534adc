"""The PostgreSQL sink: what the audit log's files hold is copied into a database (extra `[postgres]`).

`opening` makes it where it is configured, `sink` is the task that does it, `batches` reads the files, `rows` makes
columns of a line, `table` is the database, `position` remembers how far a chain has been sent. No call waits for any of
it, and the files stay what counts.
"""
