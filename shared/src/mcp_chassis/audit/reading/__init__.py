"""Reading the audit log: verify, tail, export and stats. The format is told in docs/audit.md."""
