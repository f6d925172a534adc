from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import InvalidArguments
from mcp_fs_server.texts import decode, encode, looks_binary, sendable

CHINESE = "你好世界。这是一个测试文件。用来检查编码。\n"
FRENCH = "Le café est très bon; l'été à Paris, Noël où ça.\n"


@pytest.mark.parametrize(
    ("data", "content", "encoding", "guessed"),
    [
        (b"", "", "utf-8", False),
        (b"plain\n", "plain\n", "utf-8", False),
        ("größe".encode(), "größe", "utf-8", False),
        ("größe".encode("utf-8-sig"), "größe", "utf-8", False),
        ("größe".encode("utf-16"), "größe", "utf-16-le", False),
        (b"\xfe\xff" + "größe".encode("utf-16-be"), "größe", "utf-16-be", False),
        ("größe".encode("utf-32"), "größe", "utf-32-le", False),
        ("plain text\n".encode("utf-16-le"), "plain text\n", "utf-16-le", True),
        (FRENCH.encode("cp1252"), FRENCH, "cp1252", True),
        (CHINESE.encode("gb18030"), CHINESE, "gb18030", True),
        ((CHINESE * 3000).encode("gb18030"), CHINESE * 3000, "gb18030", True),
        ("これはテストファイルです。\n".encode("shift_jis"), "これはテストファイルです。\n", "shift_jis", True),
        ("Привет, мир. Это файл.\n".encode("koi8_r"), "Привет, мир. Это файл.\n", "koi8-r", True),
    ],
)
def test_the_encoding_is_found(data: bytes, content: str, encoding: str, guessed: bool) -> None:
    text = decode(data)
    assert (text.content, text.encoding, text.guessed) == (content, encoding, guessed)
    assert text.encode(text.content) == data


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    text = decode(data)
    assert text.encode(text.content) == data


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030"]),
)
def test_text_comes_back_when_its_encoding_is_said(content: str, encoding: str) -> None:
    data, _ = encode(content, encoding)
    text = decode(data, encoding)
    assert text.encode(text.content) == data
    if not content.startswith("\ufeff"):  # which is a mark, not text, at a file's beginning
        assert text.content == content


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "idna", "unicode_escape", "utf-8\0"])
def test_what_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(InvalidArguments, match="encoding is not one"):
        decode(b"a", name)


def test_a_file_that_is_not_in_the_encoding_that_was_said_is_refused() -> None:
    with pytest.raises(InvalidArguments, match="is not utf-8"):
        decode(b"\xff", "utf-8")


def test_a_character_that_the_encoding_lacks_is_named_by_its_line() -> None:
    with pytest.raises(InvalidArguments, match=r"Line 2 has a character \(U\+4F60\)"):
        encode("a\n你", "latin-1")


@pytest.mark.parametrize(
    ("sample", "binary"),
    [
        (b"text", False),
        (b"a\0b\xff\xfe", True),
        ("text".encode("utf-16"), False),
        ("more text".encode("utf-16-le"), False),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", True),
    ],
)
def test_binary_is_what_has_nul_bytes_and_is_no_wide_text(sample: bytes, binary: bool) -> None:
    assert looks_binary(sample) is binary


def test_bytes_that_are_no_text_are_shown_as_replaced() -> None:
    assert sendable(b"a\xffb caf\xc3\xa9".decode("utf-8", "surrogateescape")) == "a\ufffdb café"
