"""The process that takes the text out of one document: the file is its stdin, the parts go to stdout, a JSON line each.

    {"heading": "page 1 of 3", "text": "..."}        a part
    {"fault": "is encrypted"}                        the end of a sentence about the document; the last line
    {"missing": true}                                the library for this format is not installed; the last line
    {"cut": true}                                    there is more than is read; the last line
    {"end": true}                                    the last line of all others

Memory and time are limited by the system, so that no document can take more than one process of its own.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from typing import Any

from mcp_fs_server.documents.parts import MOST_CHARACTERS

__all__ = ["FORMATS", "MOST_CHARACTERS"]

FORMATS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
_MEMORY_BYTES = 1 << 30
_CPU_S = 60


def main(format_: str) -> None:
    """Be the process."""
    for what, most in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_CPU, _CPU_S), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    from mcp_fs_server.documents.package import Broken

    try:
        module = importlib.import_module(f"mcp_fs_server.documents.{format_}")
        left = MOST_CHARACTERS
        for part in module.parts(sys.stdin.buffer):
            _say({"heading": part.heading, "text": part.text[:left]})
            left -= len(part.heading) + len(part.text) + 1
            if left < 0:
                _say({"cut": True})
                return
        _say({"end": True})
    except Broken as error:
        _say({"fault": str(error)})
    except ImportError:
        _say({"missing": True})
    except MemoryError:
        _say({"fault": "takes more memory than this server gives to a document"})
    except Exception:  # what is wrong in a file can show itself anywhere
        _say({"fault": "is damaged"})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
