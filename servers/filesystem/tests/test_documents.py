"""PDF, DOCX, XLSX and PPTX as text, whole and in parts, and documents that somebody made to do harm."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import InvalidArguments, TooLarge
from mcp_fs_server.documents import docx, parts, pptx, xlsx
from mcp_fs_server.documents.package import Broken
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.read_media_file import read_media_file
from mcp_fs_server.tools.read_text_file import read_text_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://p"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "[Content_Types].xml"
BOMB = b"<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {TYPES: "<Types/>", **parts}.items():
            archive.writestr(name, text)
    return file.getvalue()


def relations(**targets: str) -> str:
    """`id="kind target"`."""
    pairs = ((name, *words.split()) for name, words in targets.items())
    inside = "".join(f'<Relationship Id="{name}" Type="http://x/{kind}" Target="{to}"/>' for name, kind, to in pairs)
    return f"<Relationships>{inside}</Relationships>"


def docx_of(body: str) -> bytes:
    return package({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def pdf_of(*pages: str) -> bytes:
    """A PDF that shows each text on a page of its own."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    )
    return out + f"{head}\nstartxref\n{len(out)}\n%%EOF\n".encode()


def pptx_of(*slides: str, notes: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {A} {R}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"rId{n}": f"slide slides/slide{n}.xml" for n in range(len(slides))}
        ),
    }
    for number, text in enumerate(slides):
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
    if notes:
        parts["ppt/slides/_rels/slide0.xml.rels"] = relations(n="notesSlide ../notesSlides/n.xml")
        parts["ppt/notesSlides/n.xml"] = f"<p:notes {A}><a:p><a:t>{notes}</a:t></a:p><a:p><a:t>1</a:t></a:p></p:notes>"
    return package(parts)


def xlsx_of(rows: str, *, sheets: tuple[str, ...] = ("Data",), **more: str) -> bytes:
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets))
    related = {f"s{n}": f"worksheet worksheets/s{n}.xml" for n in range(len(sheets))}
    related |= {"strings": "sharedStrings sharedStrings.xml"} if "strings" in more else {}
    related |= {"styles": "styles styles.xml"} if "styles" in more else {}
    inside: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {R}>{more.get('properties', '')}<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(**related),
        "xl/sharedStrings.xml": f"<sst>{more.get('strings', '')}</sst>",
        "xl/styles.xml": f"<styleSheet>{more.get('styles', '')}</styleSheet>",
    }
    for number in range(len(sheets)):
        inside[f"xl/worksheets/s{number}.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return package(inside)


def texts(module: Any, data: bytes) -> list[str]:
    return [part.text for part in module.parts(io.BytesIO(data))]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>One</w:t></w:r><w:r><w:t> line</w:t></w:r></w:p>", "One line"),
        ("<w:p><w:t>a</w:t></w:p><w:p/><w:p><w:t>b</w:t></w:p>", "a\n\nb"),
        ("<w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr><w:t>Title</w:t></w:p>", "## Title"),
        ("<w:p><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:p>", "a\tb\nc"),
        ("<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr><w:t>a</w:t></w:p>", "a"),
        ("<w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc><w:tc><w:p><w:t>b</w:t></w:p><w:p><w:t>c</w:t></w:p></w:tc>"
         "</w:tr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:t>d</w:t></w:p></w:tc></w:tr></w:tbl>", "a\tb c\n\td"),
        ("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:t>new</w:t></w:ins></w:p>", "new"),
        ("<w:p><w:rPr><w:del/></w:rPr><w:t>kept</w:t></w:p>", "kept"),
        ("<w:p><Choice><w:t>x</w:t></Choice><Fallback><w:t>x</w:t></Fallback></w:p>", "x"),  # said twice in the file
        ("<w:p><w:t>&lt;b&gt; &amp; \u00e4\U0001f600</w:t></w:p>", "<b> & \u00e4\U0001f600"),
    ],
)  # fmt: skip
def test_docx_is_its_paragraphs_and_tables(body: str, text: str) -> None:
    assert texts(docx, docx_of(body)) == [text]


def cell(reference: str, value: str, kind: str = "", style: str = "") -> str:
    return f'<c r="{reference}"' + f' t="{kind}"' * bool(kind) + f' s="{style}"' * bool(style) + f"><v>{value}</v></c>"


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.00&quot; days&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[$-407]d\\. mmm yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 165, 21)) + "</cellXfs>"
)


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (cell("A1", "1") + cell("B1", "2.5"), "1\t2.5"),
        (cell("A1", "0.30000000000000004"), "0.3"),  # as the program itself shows it
        (cell("B1", "1") + cell("D1", "2"), "\t1\t\t2"),
        (cell("", "1") + cell("", "2"), "1\t2"),
        (cell("A1", "0", "s") + cell("B1", "1", "s"), "first\tse cond"),
        (cell("A1", "9", "s"), ""),
        (cell("A1", "1", "b") + cell("B1", "#DIV/0!", "e") + cell("C1", "made", "str"), "TRUE\t#DIV/0!\tmade"),
        ('<c r="A1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', "inline"),
        ('<c r="A1"><f>SUM(B1:C1)</f><v>3</v></c>', "3"),
        (cell("A1", "45000", style="1"), "2023-03-15"),
        (cell("A1", "45000.5", style="1"), "2023-03-15 12:00:00"),
        (cell("A1", "45000", style="2"), "45000"),  # "days" in quotes is no format of a date
        (cell("A1", "45000", style="3"), "2023-03-15"),
        (cell("A1", "0.25", style="4"), "6:00:00"),
        (cell("A1", "1e300", style="1"), "1e300"),
        (cell("A1", "x", style="99"), "x"),
        (cell("A1", "two&#10;lines&#9;tab", "str"), "two lines tab"),
    ],
)
def test_xlsx_rows_are_lines_with_tabs(cells: str, row: str) -> None:
    strings = "<si><t>first</t></si><si><r><t>se</t></r><r><t> cond</t></r><rPh><t>phonetic</t></rPh></si>"
    data = xlsx_of(f"<row>{cells}</row>", strings=strings, styles=STYLES)
    assert texts(xlsx, data) == [row]


def test_xlsx_of_the_other_calendar_has_its_dates() -> None:
    data = xlsx_of(f"<row>{cell('A1', '1', style='1')}</row>", styles=STYLES, properties='<workbookPr date1904="1"/>')
    assert texts(xlsx, data) == ["1904-01-02"]


def test_xlsx_has_a_part_for_each_sheet() -> None:
    data = xlsx_of(f"<row>{cell('A1', '1')}</row>", sheets=("Q1", "--- sheet 9&#10;of 9"))
    headings = [part.heading for part in xlsx.parts(io.BytesIO(data))]
    assert headings == ["sheet 1 of 2: Q1", "sheet 2 of 2: --- sheet 9 of 9"]


def test_pptx_has_a_part_for_each_slide_with_its_notes() -> None:
    parts = list(pptx.parts(io.BytesIO(pptx_of("Title", "Second", notes="Say hello"))))
    assert [part.heading for part in parts] == ["slide 1 of 2", "slide 2 of 2"]
    assert [part.text for part in parts] == ["Title\nNotes:\nSay hello", "Second"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no zip at all",
        package({}),
        package({"word/document.xml": BOMB}),
        package({"word/document.xml": b"<w:document>"}),
        package({"word/document.xml": b"<a>" * 300 + b"</a>" * 300}),
        package({"word/document.xml": b"\xff\xfe\x00"}),
    ],
    ids=["no zip", "no main part", "entities", "cut off", "deep", "no xml"],
)
def test_damaged_and_hostile_packages_are_refused(data: bytes) -> None:
    with pytest.raises(Broken):
        texts(docx, data)


def test_a_zip_bomb_is_counted_as_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcp_fs_server.documents.package._MOST_UNPACKED", 1 << 20)
    with pytest.raises(Broken, match="unpacks to more"):
        texts(docx, docx_of("<w:p>" + " " * (2 << 20) + "</w:p>"))


async def read(files: Any, docs: Path, name: str, data: bytes, **arguments: Any) -> Any:
    (docs / name).write_bytes(data)
    return await read_text_file(await files(), name, **arguments)


def test_small_files_that_unpack_to_much_text_are_cut_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_CHARACTERS", 10_000)
    wide = f"<row>{cell('ALL1', '1')}</row>"  # 999 tabs for 30 bytes
    assert 10_000 <= len(texts(xlsx, xlsx_of(wide * 100))[0]) < 12_000
    assert 10_000 <= len(texts(docx, docx_of("<w:p/>" * 20_000))[0]) < 12_000


@pytest.mark.asyncio
async def test_the_name_of_a_sheet_is_cut(files: Any, docs: Path) -> None:
    (docs / "long.xlsx").write_bytes(xlsx_of("", sheets=("n" * 5_000_000,)))
    assert len((await read_text_file(await files(), "long.xlsx")).content[0]) < 200


@pytest.mark.asyncio
async def test_a_pdf_is_read_by_page(files: Any, docs: Path) -> None:
    whole = await read(files, docs, "a.pdf", pdf_of("First page", "", "Third page"))
    assert whole.content == [
        "--- page 1 of 3 ---\nFirst page\n--- page 2 of 3 ---\n[no text on this page; it may be a scan]\n"
        "--- page 3 of 3 ---\nThird page\n"
    ]
    assert whole.data["document"] == "pdf"
    assert whole.data["parts"] == [["page 1 of 3", 1], ["page 2 of 3", 3], ["page 3 of 3", 5]]
    assert whole.data["lines"] == "1-6 of 6"
    assert len(whole.data["etag"]) == 64


@pytest.mark.asyncio
async def test_a_page_is_read_by_its_lines(files: Any, docs: Path) -> None:
    third = await read(files, docs, "a.pdf", pdf_of("First", "Second", "Third"), start_line=5, end_line=6)
    assert third.content[0] == "--- page 3 of 3 ---\nThird\n"


@pytest.mark.asyncio
async def test_what_a_document_is_its_content_says(files: Any, docs: Path) -> None:
    paragraph = "<w:p><w:t>Hello</w:t></w:p>"
    assert (await read(files, docs, "letter.bin", docx_of(paragraph))).content == ["Hello\n"]
    assert (await read(files, docs, "table", xlsx_of(f"<row>{cell('A1', '7')}</row>"))).data["document"] == "xlsx"
    assert (await read(files, docs, "talk.docx", pptx_of("Title"))).data["document"] == "pptx"
    whole = await read_file(await files(), "letter.bin")
    assert whole.data["content"] == "Hello\n"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\nnothing", "is damaged"),
        (docx_of("<w:p>")[:-30], "is damaged"),
        (package({"xl/workbook.xml": "<workbook><sheets>", "xl/styles.xml": ""}), "This XLSX file is damaged"),
        (pdf_of("a").replace(b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (a) /U (b) /P 0 >> /Root"), "PDF"),
    ],
)
async def test_a_document_that_cannot_be_read_says_why(files: Any, docs: Path, data: bytes, told: str) -> None:
    with pytest.raises(InvalidArguments, match=told):
        await read(files, docs, "a.docx", data)


@pytest.mark.soak
@pytest.mark.asyncio
async def test_a_document_cannot_take_all_memory(files: Any, docs: Path) -> None:
    with zipfile.ZipFile(docs / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}><w:p><w:t>".encode())
            for _ in range(600):
                part.write(b"x" * (1 << 20))
    ctx = await files()
    with pytest.raises((InvalidArguments, TooLarge), match=r"memory|more than this server reads"):
        await read_text_file(ctx, "a.docx")
    (docs / "b.docx").write_bytes(docx_of("<w:p><w:t>well</w:t></w:p>"))
    assert (await read_text_file(ctx, "b.docx")).content == ["well\n"]


@pytest.mark.asyncio
async def test_a_cancelled_read_ends_the_process(files: Any, docs: Path) -> None:
    (docs / "a.pdf").write_bytes(pdf_of(*["page"] * 3_000))
    ctx = await files()
    reading = asyncio.create_task(read_text_file(ctx, "a.pdf"))
    while not (started := _children()):
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not started & _children()


def _children() -> set[int]:
    import psutil

    return {child.pid for child in psutil.Process().children() if "documents.worker" in " ".join(child.cmdline())}


@pytest.mark.asyncio
async def test_documents_are_no_media(files: Any, docs: Path) -> None:
    (docs / "a.png").write_bytes(pdf_of("a"))
    with pytest.raises(InvalidArguments, match="application/pdf; use read_text_file"):
        await read_media_file(await files(), "a.png")
