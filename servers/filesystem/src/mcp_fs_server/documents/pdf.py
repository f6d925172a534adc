"""The text of a PDF file, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO

from mcp_fs_server.documents.package import Broken
from mcp_fs_server.documents.parts import Part

__all__ = ["parts"]


def parts(file: IO[bytes]) -> Iterator[Part]:
    """One part for each page; one that cannot be read says so.

    Raises:
        Broken: the file is damaged or encrypted.
        ImportError: the extra `documents` is not installed.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Broken("is encrypted; this server has no password for it")
        total = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise Broken("is damaged") from None
    for number in range(total):
        try:
            text = reader.pages[number].extract_text()
        except Exception:  # a page may be broken in ways without number, and the next one be whole
            text = "[this page cannot be read]"
        yield Part(f"page {number + 1} of {total}", text.strip() or "[no text on this page; it may be a scan]")
