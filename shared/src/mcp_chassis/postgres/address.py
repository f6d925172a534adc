"""What the address of a PostgreSQL looks like; the driver's own words for a wrong one would repeat its password."""

from __future__ import annotations

import re

__all__ = ["is_address"]

_HOST = r"(\[[^\]/@]*\]|[^:/?@,\[\]]*)(:\d+)?"
_ADDRESS = re.compile(rf"postgres(ql)?://([^@/]*@)?{_HOST}(,{_HOST})*(/[^/?]*)?(\?.*)?")


def is_address(text: str) -> bool:
    """Whether it is a connection URL; several hosts, no host and parameters are fine."""
    return _ADDRESS.fullmatch(text) is not None
