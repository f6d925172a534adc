"""The audit log: one line per call and per event that matters, chained, signed, written before the reply is sent.

Each process writes its own chain `<dir>/<server>/<instance>/`. The format is in docs/audit.md.
"""

from mcp_chassis.audit.chain import Rotation
from mcp_chassis.audit.keys import AuditKeys, Signer, load_audit_keys, make_audit_keys
from mcp_chassis.audit.log import AuditLog, AuditState, Options

__all__ = [
    "AuditKeys", "AuditLog", "AuditState", "Options", "Rotation", "Signer", "load_audit_keys", "make_audit_keys",
]  # fmt: skip
