"""Text in files: which encoding it has, and its exact bytes again.

A byte order mark decides, then strict UTF-8, then a guess from the file's beginning, which is told as one. A guess
counts only if the whole file comes out of it and goes back into it byte for byte; a file that nothing fits is UTF-8
with a few bytes that are none, which are kept as lone surrogates (PEP 383). So `text.encode(text.content)` is always
what was read.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from mcp_chassis.errors import InvalidArguments

__all__ = ["SAMPLE_BYTES", "Text", "codec", "decode", "encode", "looks_binary", "sendable"]

SAMPLE_BYTES = 64 * 1024
"""As much of a file's beginning is looked at for a guess."""

_BOMS = (  # the longer ones first: UTF-32's begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
# What is guessed at, the more likely first where a text fits several.
_LIKELY = (
    "cp1252", "gb18030", "shift_jis", "euc_jp", "euc_kr", "big5", "cp1251", "koi8_r",
    "cp1250", "cp1253", "cp1254", "cp1255", "cp1256",
)  # fmt: skip
# How odd a text may look and still be one. The library's own limit refuses French that has many accents.
_MOST_CHAOS = 0.5
# Codecs of Python for text that are no encodings of files.
_NO_FILES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"})


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file.

    Args:
        content: without the byte order mark, line endings as they are.
        encoding: the name of its codec; one without a mark of its own.
        bom: the bytes before the text.
        guessed: nothing in the file says that this is its encoding.
    """

    content: str
    encoding: str
    bom: bytes = b""
    guessed: bool = False

    def encode(self, content: str) -> bytes:
        """The bytes of a file with another content and all else as here.

        Raises:
            InvalidArguments: a character is not in the encoding.
        """
        return self.bom + _encode(content, self.encoding, _errors(self.encoding))


def decode(data: bytes, encoding: str | None = None) -> Text:
    """Read the text of a whole file.

    Args:
        encoding: what the caller says it is, which then must fit.

    Raises:
        InvalidArguments: there is no such encoding, or the file is not in it.
    """
    if encoding is not None:
        return _decode_as(data, codec(encoding))
    for bom, name in _BOMS:
        if data.startswith(bom):
            found = _exact(data[len(bom) :], name, bom)
            if found is not None:
                return found
    wide = _wide(data)
    found = _exact(data, wide, guessed=True) if wide is not None else None  # its ASCII would be UTF-8 with NULs as well
    found = found or _exact(data, "utf-8") or _guess(data)
    return found or Text(data.decode("utf-8", "surrogateescape"), "utf-8", guessed=True)


def encode(content: str, encoding: str | None = None) -> tuple[bytes, str]:
    """The bytes of a new file and the name of their encoding, UTF-8 where none is said.

    Raises:
        InvalidArguments: there is no such encoding, or a character is not in it.
    """
    name = codec(encoding or "utf-8")
    return _encode(content, name, "strict"), name


def codec(encoding: str) -> str:
    """The one name of an encoding.

    Raises:
        InvalidArguments: there is no such encoding of text.
    """
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        found = None
    if found is None or not found._is_text_encoding or found.name.replace("_", "-") in _NO_FILES:
        raise InvalidArguments("encoding is not one that this server knows; use utf-8, utf-16, latin-1, gb18030, ...")
    return found.name


def sendable(content: str) -> str:
    """The content with the replacement character for bytes that are no text, which no answer can carry."""
    return content if content.isascii() else _NO_CHARACTER.sub("\ufffd", content)


def looks_binary(sample: bytes) -> bool:
    """Whether a file that begins so is no text: it has NUL bytes, and is not UTF-16 or UTF-32."""
    if any(sample.startswith(bom) for bom, _ in _BOMS):
        return False
    return b"\0" in sample[:SAMPLE_BYTES] and _wide(sample) is None


def _decode_as(data: bytes, name: str) -> Text:
    for bom, marked in _BOMS:
        if data.startswith(bom) and marked.startswith(name.removesuffix("-sig")):
            data, name = data[len(bom) :], marked
            break
    else:
        bom = b""
        if name in ("utf-16", "utf-32"):
            name += "-le"  # as Unicode files without a mark are in practice
    found = _exact(data, name.removesuffix("-sig"), bom)
    if found is None:
        raise InvalidArguments(f"The file is not {name}; leave encoding out to let the server find it.")
    return found


def _exact(data: bytes, name: str, bom: bytes = b"", *, guessed: bool = False) -> Text | None:
    """The text, if all of the data is in this encoding and can be written again as it was."""
    try:
        content = data.decode(name)
        if not name.startswith("utf-") and content.encode(name) != data:
            return None
    except UnicodeError:
        return None
    return Text(content, codecs.lookup(name).name, bom, guessed)


def _guess(data: bytes) -> Text | None:
    if looks_binary(data) or _is_mostly_utf8(_sample(data)):
        return None
    from charset_normalizer import from_bytes

    fitting = [
        (match.chaos, -match.coherence, _LIKELY.index(name), name)
        for match in from_bytes(_sample(data), cp_isolation=list(_LIKELY), threshold=_MOST_CHAOS)
        for name in match.could_be_from_charset
        if name in _LIKELY
    ]
    for *_, name in sorted(fitting):
        if (found := _exact(data, name, guessed=True)) is not None:
            return found
    return None


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether more of what is not ASCII is UTF-8 than not, as where a few bytes of a file are broken."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) - broken > broken


def _sample(data: bytes) -> bytes:
    """The beginning, to the end of a line, so that it ends with a whole character."""
    if len(data) <= SAMPLE_BYTES:
        return data
    return data[: data.rfind(b"\n", 0, SAMPLE_BYTES) + 1 or SAMPLE_BYTES]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, if the data looks like it: every other byte of Western text in it is NUL."""
    sample = data[: SAMPLE_BYTES // 2 * 2]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.35 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.35 and not odd else None


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8" else "strict"


def _encode(content: str, name: str, errors: str) -> bytes:
    try:
        return content.encode(name, errors)
    except UnicodeEncodeError as error:
        line = content.count("\n", 0, error.start) + 1
        raise InvalidArguments(
            f"Line {line} has a character (U+{ord(content[error.start]):04X}) that {name} cannot hold; "
            "leave it out, or write the file anew in utf-8."
        ) from None
