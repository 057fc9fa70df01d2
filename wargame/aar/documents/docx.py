"""The report as an editable DOCX: an exercise report with headings, tables, figures and fields of the word processor.

Built by python-docx on its plain template. Text goes in as text, never as XML; drawings go in as pictures with a
description. The faces are ones every office program has. The same document gives the same bytes: the container is
packed anew without the times the library writes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any, assert_never

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from wargame.aar.archive import archive
from wargame.aar.documents import tokens as t
from wargame.aar.documents.model import (
    Block,
    Chart,
    Columns,
    Document,
    Facts,
    Figure,
    Findings,
    Heading,
    Points,
    Record,
    Table,
    Text,
    charts_of,
)  # fmt: skip
from wargame.aar.documents.plain import clean
from wargame.aar.documents.typesetting import pictures

SANS, SERIF, MONO = "Arial", "Georgia", "Consolas"
SHEETS = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
MARGIN = Mm(18)
_SIZES = {"Title": (26, SERIF), "Heading 1": (18, SERIF), "Heading 2": (14, SERIF), "Heading 3": (11, SANS)}


def render(document: Document, *, paper: str) -> bytes:
    """Return the document as a DOCX for the paper `a4` or `letter`."""
    charts = charts_of(document)
    pngs = dict(zip([id(c) for c in charts], pictures([(c.title, c.svg, c.width) for c in charts]), strict=True))
    writer = _Writer(paper, pngs)
    writer.open(document)
    for block in document.summary:
        writer.block(block)
    writer.contents([b.text for b in document.body if isinstance(b, Heading) and b.level == 1])
    for block in document.body:
        writer.block(block)
    return writer.close(document)


class _Writer:
    """A DOCX under way."""

    def __init__(self, paper: str, pngs: dict[int, bytes]) -> None:
        """Begin on the library's template; `pngs` by identity of their chart."""
        self.doc, self.pngs, self.ids = docx.Document(), pngs, count(1)
        self.width = SHEETS[paper][0] - 2 * MARGIN
        section = self.doc.sections[0]
        section.page_width, section.page_height = SHEETS[paper]
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = Mm(20)
        self._styles()

    def _styles(self) -> None:
        normal = self.doc.styles["Normal"]
        _face(normal, SANS, 9.5, t.INK)
        normal.paragraph_format.space_after = Pt(5)
        for name, (size, face) in _SIZES.items():
            style = self.doc.styles[name]
            _face(style, face, size, t.INK)
            style.font.bold = face == SANS
            for rule in style.element.findall(f".//{qn('w:pBdr')}"):
                rule.getparent().remove(rule)
            style.paragraph_format.keep_with_next = True
        _face(self.doc.styles["Caption"], SANS, 8.5, t.INK_3)
        self.doc.styles["Caption"].font.bold = False
        self.doc.styles["Caption"].paragraph_format.keep_with_next = True

    def open(self, document: Document) -> None:
        """Write title, deck, running head and foot."""
        self.doc.add_paragraph(clean(document.title), style="Title")
        self._text(document.deck, size=12, face=SERIF, colour=t.INK_2)
        section, plain = self.doc.sections[0], self.doc.styles["Normal"]
        _line(section.header.paragraphs[0], f"{document.running[0]}\t{document.running[1]}", self.width, plain)
        foot = section.footer.paragraphs[0]
        _line(foot, f"{document.foot[0]}   {document.foot[1]}\t", self.width, plain)
        for words, field in (("", "PAGE"), (" of ", "NUMPAGES")):
            _small(foot.add_run(words))
            _field(foot, field)

    def contents(self, parts: list[str]) -> None:
        """Write a table of contents: a field the word processor fills, with the parts until it does."""
        paragraph = self.doc.add_paragraph("Contents", style="Heading 1")
        paragraph.paragraph_format.page_break_before = True
        _field(self.doc.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', "\n".join(clean(part) for part in parts))

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading():
                paragraph = self.doc.add_paragraph(clean(block.text), style=f"Heading {block.level}")
                paragraph.paragraph_format.page_break_before = block.page
            case Text():
                self._styled(block)
            case Facts():
                self._table([("", 1.0, "text")] * len(block.items), [[f"{k}\n{v}" for k, v in block.items]], strong=1)
            case Findings():
                for at, one in enumerate(block.items, start=1):
                    paragraph = self.doc.add_paragraph()
                    paragraph.add_run(f"{at}  {clean(one.lead)} ").bold = True
                    paragraph.add_run(clean(one.text))
                    if one.refs:
                        _small(paragraph.add_run(f"  {one.refs}"))
            case Points():
                for item in block.items:
                    self.doc.add_paragraph(clean(item), style="List Bullet")
            case Record():
                for entry in block.entries:
                    self._text(
                        f"{entry.head}  {entry.refs}", size=8, colour=t.INK_3
                    ).paragraph_format.keep_with_next = True
                    self._text(entry.text)
            case Figure():
                self._figure(block.chart)
            case Table():
                self._titled(block)
            case Columns():
                for inner in (*block.left, *block.right):
                    self.block(inner)
            case _:
                assert_never(block)

    def _styled(self, block: Text) -> None:
        match block.style:
            case "note":
                self._text(block.text, size=8.5, colour=t.INK_3)
            case "lead":
                self._text(block.text, size=12, face=SERIF)
            case "quote":
                self._text(block.text, colour=t.INK_2).paragraph_format.left_indent = Mm(5)
            case _:
                self._text(block.text, colour=t.INK_2)

    def _text(self, words: str, *, size: float = 9.5, face: str = SANS, colour: str = t.INK) -> Paragraph:
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(clean(words))
        run.font.size, run.font.name, run.font.color.rgb = Pt(size), face, _rgb(colour)
        return paragraph

    def _figure(self, chart: Chart) -> None:
        self.doc.add_paragraph(clean(chart.title), style="Heading 3")
        self._text(chart.subtitle, size=8.5, colour=t.INK_3).paragraph_format.keep_with_next = True
        paragraph = self.doc.add_paragraph()
        tallest = Mm(200)
        width = min(self.width, int(tallest * chart.width / chart.height))
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pngs[id(chart)]), width=width)
        picture._inline.docPr.set("descr", chart.title)  # noqa: SLF001 - the library has no word for a description
        picture._inline.docPr.set("id", str(next(self.ids)))  # noqa: SLF001
        if chart.source:
            self._text(f"Source: {chart.source}", size=8, colour=t.INK_3)

    def _titled(self, block: Table) -> None:
        if block.caption:
            self.doc.add_paragraph(clean(block.caption), style="Caption")
        heads = [(column.head, column.width, column.kind) for column in block.columns]
        self._table(heads, [list(row) for row in block.rows])
        # A paragraph after every table: two in a row would become one.
        note = self._text(block.note, size=8.5, colour=t.INK_3)
        note.paragraph_format.space_before = Pt(3)

    def _table(self, heads: Sequence[tuple[str, float, str]], rows: list[list[str]], *, strong: int = 0) -> None:
        """Add a table; `strong`: the line of each cell that is bold, for facts."""
        headed = any(head for head, _, _ in heads)
        whole = sum(width for _, width, _ in heads)
        tbl = CT_Tbl.new_tbl(len(rows) + headed, len(heads), Emu(self.width))
        self.doc.element.body._insert_tbl(tbl)  # noqa: SLF001 - cell by cell through the library takes minutes
        _ruled(tbl)
        widths = [int(self.width * width / whole) for _, width, _ in heads]
        for column, width in zip(tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width  # type: ignore[assignment]
        for at, tr in enumerate(tbl.tr_lst):
            is_head = headed and at == 0
            words = [head for head, _, _ in heads] if is_head else rows[at - headed]
            _unbroken(tr, head=is_head)
            for tc, text, (_, _, kind), width in zip(tr.tc_lst, words, heads, widths, strict=True):
                tc.width = width  # type: ignore[assignment]
                paragraph = Paragraph(tc.p_lst[0], self.doc._body)  # noqa: SLF001
                _fill(paragraph, clean(text), "head" if is_head else kind, strong=strong)
                if kind == "number":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def close(self, document: Document) -> bytes:
        """Return the file: with its title and without the template's times and picture."""
        core = self.doc.core_properties
        core.title, core.subject, core.author, core.comments = clean(document.title)[:255], document.subject, "", ""
        core.last_modified_by, core.revision = "", 1
        core.created = core.modified = datetime.fromtimestamp(document.dated_ms // 1000, UTC)
        relations = self.doc.part.package.rels
        for name in [n for n, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del relations[name]
        out = io.BytesIO()
        self.doc.save(out)
        with zipfile.ZipFile(out) as packed:
            return archive({name: packed.read(name) for name in packed.namelist()}, compressed=True)


# --- small parts of WordprocessingML (ECMA-376 part 1, clause 17) ----------------------------------
def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))


def _face(style: Any, face: str, size: float, colour: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = face, Pt(size), _rgb(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith(("Theme", "theme")):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), face)


def _small(run: Any) -> Any:
    run.font.size, run.font.name, run.font.color.rgb = Pt(7.5), MONO, _rgb(t.INK_3)
    return run


def _line(paragraph: Paragraph, words: str, width: int, style: Any) -> None:
    """Write a running line: left words, and what follows the tab at the right margin."""
    paragraph.style = style
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    _small(paragraph.add_run(clean(words)))


def _field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """Add a field: what the word processor works out, and what stands there until it does."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = _small(paragraph.add_run()) if "TOC" not in code else paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001


def _ruled(tbl: Any) -> None:
    """Give a table thin rules between its rows and none elsewhere, and fixed columns."""
    properties = tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", t.LINE.removeprefix("#"))):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    layout = OxmlElement("w:tblLayout")
    layout.set(qn("w:type"), "fixed")
    for old in properties.findall(qn("w:tblLayout")):
        properties.remove(old)
    look = properties.find(qn("w:tblLook"))
    for element in (borders, layout):
        if look is not None:
            look.addprevious(element)
        else:
            properties.append(element)


def _unbroken(tr: Any, *, head: bool) -> None:
    """Keep a row on one page; a row of heads is repeated on every page."""
    properties = tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(OxmlElement(name))


def _fill(paragraph: Paragraph, words: str, kind: str, *, strong: int) -> None:
    paragraph.paragraph_format.space_after = Pt(1)
    for run, bold in _runs(paragraph, words, strong):
        run.font.size = Pt(8)
        run.bold = bold or kind in ("head", "strong", "rating") or None
        if kind == "head":
            run.font.color.rgb = _rgb(t.INK_3)
        if kind in ("mono", "rating"):
            run.font.name, run.font.size = MONO, Pt(7 if kind == "mono" else 9)


def _runs(paragraph: Paragraph, words: str, strong: int) -> Iterator[tuple[Any, bool]]:
    if not strong:
        yield paragraph.add_run(words), False
        return
    for at, line in enumerate(words.split("\n")):
        if at:
            paragraph.add_run().add_break()
        yield paragraph.add_run(line), at == strong
