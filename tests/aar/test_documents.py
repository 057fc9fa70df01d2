"""Documents of a game full of hostile text: every form is made, right, harmless, and the same each time."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pypdfium2
import pytest
from msgspec import Struct

from tests.support.odd_games import ARABIC, KOREAN, MARKUP, SCRIPT, odd_store
from wargame.aar.assessment import assessment_of_game
from wargame.aar.chronicle import chronicle
from wargame.aar.content import content_of
from wargame.aar.documents.build import Format, Made, build, slug
from wargame.aar.documents.compose.whole import document
from wargame.aar.documents.model import Columns, Document, Findings, Table
from wargame.aar.evidence import evidence
from wargame.aar.services import report_pages
from wargame.store.cases import case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game

pytestmark = pytest.mark.one_store

FORMS: tuple[Format, ...] = ("html", "pdf", "docx", "charts", "evidence")
SEAT = "potus"
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "footer",
        "nav",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
    ),
    *("p", "blockquote", "b", "br", "a", "ol", "ul", "li", "dl", "dt", "dd", "div", "details", "summary", "figure"),
    *("figcaption", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "svg", "line", "path"),
    *("rect", "circle", "text", "tspan"),
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Told(Struct):
    """What documents are made from: pages by view, what people did, and the assessment."""

    pages: dict[str, dict[str, Any]]
    packs: list[dict[str, Any]]
    assessment: dict[str, Any]


def told_of(game: str) -> Told:
    row = Game.objects.get(pk=game)
    content = content_of(row)
    log = chronicle(
        case_of(row.scenario, row.scenario_hash), recorded_events(game), head_hash=content.hash,
        engine_version=row.engine,
    )  # fmt: skip
    pages = {view: json.loads(body) for view, body in report_pages(row, progress=lambda *_: None).items()}
    packs = json.loads(msgspec.json.encode(evidence(log)))
    return Told(pages, packs, json.loads(msgspec.json.encode(assessment_of_game(row))))


@pytest.fixture(scope="module")
def games(django_db_blocker: Any) -> Iterator[dict[str, Told]]:
    with django_db_blocker.unblock(), odd_store("hostile", "no_turn") as ids:
        yield {name: told_of(game) for name, game in ids.items()}


def make(told: Told, view: str, form: Format) -> Made:
    truth = view == "truth"
    page = told.pages[view]
    if form == "charts":  # each variable has a drawing; a few of them show what all would
        page = page | {"variables": page["variables"][:6]}
    return build(page, None, told.assessment if truth else None, form=form, evidence=told.packs if truth else None)


@pytest.fixture(scope="module")
def made(games: dict[str, Told]) -> dict[tuple[str, str], Made]:
    wanted: list[tuple[str, Format]] = [*(("truth", form) for form in FORMS), *((SEAT, form) for form in FORMS[:3])]
    return {(view, form): make(games["hostile"], view, form) for view, form in wanted}


def words_of_pdf(body: bytes) -> str:
    pdf = pypdfium2.PdfDocument(body)
    return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\u200b", "").replace("\r\n", "\n")


def words_of_docx(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "".join(node.text or "" for node in ET.fromstring(packed.read("word/document.xml")).iter(f"{W}t"))


def members(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


# --- every form -------------------------------------------------------------------------------
def test_the_same_page_makes_the_same_bytes(games: dict[str, Told], made: dict[tuple[str, str], Made]):
    for (view, form), first in made.items():
        if form in ("html", "pdf", "docx") and view == "truth":  # the others are made of the same parts
            assert make(games["hostile"], view, form) == first, (view, form)  # type: ignore[arg-type]


def test_a_game_without_turns_or_people_has_documents(games: dict[str, Told]):
    told = games["no_turn"]
    assert "No turn was resolved" in words_of_pdf(make(told, "truth", "pdf").body)
    assert words_of_docx(make(told, "truth", "docx").body)
    nobody = build(told.pages["truth"], form="evidence", evidence=[])
    assert members(nobody.body).keys() == {"index.csv"}


def test_a_document_says_what_was_typed_and_neither_more_nor_less(made: dict[tuple[str, str], Made]):
    html = made["truth", "html"].body.decode()
    assert "&lt;script&gt;alert(1)" in html
    pdf, docx = words_of_pdf(made["truth", "pdf"].body), words_of_docx(made["truth", "docx"].body)
    for words in (pdf, docx):
        assert squeezed(SCRIPT)[:40] in squeezed(words)
        assert squeezed(MARKUP)[:30] in squeezed(words)
        assert KOREAN.split()[0] in words
    assert ARABIC.split()[0] in docx
    assert not any(mark in html + docx for mark in "\u202e\u2066\x07\x1f")


def test_letter_paper_is_letter_paper(games: dict[str, Told]):
    body = build(games["no_turn"].pages["truth"], form="pdf", paper="letter").body
    assert [round(side) for side in pypdfium2.PdfDocument(body)[0].get_size()] == [612, 792]


# --- HTML -------------------------------------------------------------------------------------
class Looking(HTMLParser):
    """Notes every element and attribute, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)


@pytest.mark.parametrize("view", ["truth", SEAT])
def test_html_runs_nothing_and_fetches_nothing(made: dict[tuple[str, str], Made], view: str):
    looking = Looking()
    looking.feed(made[view, "html"].body.decode())
    assert looking.tags <= ALLOWED
    assert not [name for name, _ in looking.attributes if name.startswith("on") or name in ("src", "srcset", "action")]
    assert all((value or "").startswith("#p") for name, value in looking.attributes if name == "href")
    outside = re.findall(r"(?:url\(|https?:)[^)\s\"']{0,30}", made[view, "html"].body.decode())
    assert {found[:24] for found in outside} <= {
        "url(data:font/woff2;base",
        "http://www.w3.org/2000/s",
        "http://evil.example&quot",
    }


# --- DOCX and drawings ------------------------------------------------------------------------
def test_a_docx_is_well_formed_and_bears_no_time_of_its_making(made: dict[tuple[str, str], Made]):
    for view in ("truth", SEAT):
        with zipfile.ZipFile(io.BytesIO(made[view, "docx"].body)) as packed:
            assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            for name in packed.namelist():
                if name.endswith((".xml", ".rels")):
                    ET.fromstring(packed.read(name))
                assert "thumbnail" not in name
            assert b"2023-11-14T" in packed.read("docProps/core.xml")
            assert b"w:external" not in packed.read("word/document.xml")


def test_drawings_are_plain_and_numbers_are_no_formulas(made: dict[tuple[str, str], Made]):
    folder = members(made["truth", "charts"].body)
    kinds = {name.partition("/")[0] for name in folder}
    assert kinds == {"README.txt", "svg", "png", "csv"}
    drawings = {name: body for name, body in folder.items() if name.startswith("svg/")}
    assert len(drawings) > 12
    for name, body in drawings.items():
        root = ET.fromstring(body)
        assert {node.tag.rpartition("}")[2] for node in root.iter()} <= {
            "svg", "title", "line", "path", "rect", "circle", "text", "tspan"
        }, name  # fmt: skip
        assert not any(key.startswith("on") or "href" in key for node in root.iter() for key in node.attrib), name
        assert folder[name.replace("svg", "png")].startswith(b"\x89PNG")
    for name, body in folder.items():
        cells = (
            re.findall(r'(?:^|,)"?([^",\r\n]+)', body.decode("utf-8-sig"), re.MULTILINE) if name[:3] == "csv" else []
        )
        assert not [cell for cell in cells if cell[0] in "=@\t" or (cell[0] in "+-" and not cell[1].isdigit())], name


# --- PDF --------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["pdf", "evidence"])
def test_no_word_runs_off_a_page(made: dict[tuple[str, str], Made], form: str):
    body = made["truth", form].body
    files = [one for name, one in members(body).items() if name.endswith(".pdf")] if form == "evidence" else [body]
    for file in files:
        for page in pypdfium2.PdfDocument(file):
            width, _ = page.get_size()
            text = page.get_textpage()
            edges = [text.get_rect(at) for at in range(text.count_rects())]
            assert all(left >= 0 and right <= width for left, _, right, _ in edges)


# --- references and secrets -------------------------------------------------------------------
def tables(written: Document) -> list[Table]:
    blocks = [
        inner
        for block in (*written.summary, *written.body)
        for inner in ((*block.left, *block.right) if isinstance(block, Columns) else (block,))
    ]
    assert any(isinstance(block, Findings) for block in blocks)
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize("view", ["truth", SEAT])
def test_what_a_table_claims_names_rows_that_are_there(games: dict[str, Told], view: str):
    page = games["hostile"].pages[view]
    head, newest = ("Log", page["log"]["events"]) if view == "truth" else ("Feed", 10_000)
    written = document(page, assessment=games["hostile"].assessment)
    seen = 0
    for table in tables(written):
        at = [place for place, column in enumerate(table.columns) if column.head == head]
        for row in table.rows if at else ():
            numbers = [int(number) for number in re.findall(r"\d+", row[at[0]].split("+")[0])]
            assert all(0 < number <= newest for number in numbers), (table.caption, row)
            seen += len(numbers)
    assert seen > 20


def test_a_seats_documents_hold_no_word_only_the_truth_has(games: dict[str, Told], made: dict[tuple[str, str], Made]):
    known = squeezed(json.dumps(games["hostile"].pages[SEAT], ensure_ascii=False))
    secret = {
        row[name]
        for section in ("journals", "rulings", "moves")
        for row in games["hostile"].pages["truth"][section]
        for name in ("rationale", "expects", "reason", "text")
        if len(row.get(name) or "") > 12 and squeezed(json.dumps(row[name], ensure_ascii=False)) not in known
    }
    assert secret
    shown = words_of_pdf(made[SEAT, "pdf"].body) + words_of_docx(made[SEAT, "docx"].body)
    assert "Improvement plan" not in shown
    assert not [words for words in secret if squeezed(words) in squeezed(shown)]
    assert games["hostile"].pages["truth"]["log"]["head_hash"][:8].encode() not in made[SEAT, "html"].body


# --- evidence packs ---------------------------------------------------------------------------
def test_a_pack_holds_what_one_person_did_in_their_own_words(games: dict[str, Told], made: dict[tuple[str, str], Made]):
    packs = games["hostile"].packs
    folder = members(made["truth", "evidence"].body)
    assert len([name for name in folder if name.endswith(".pdf")]) == len(packs) > 1
    assert all(re.fullmatch(r"\d\d-[a-z0-9_-]+\.pdf|index\.csv", name) for name in folder)
    writer = next(pack for pack in packs if pack["wrote"])
    name = next(name for name in sorted(folder) if name.startswith(f"{packs.index(writer) + 1:02d}-"))
    shown = squeezed(words_of_pdf(folder[name]))
    assert all(squeezed(row["text"])[:30] in shown for row in writer["wrote"] if row["text"].isascii())
    assert squeezed(writer["ordered"][0]["rationale"])[:30] in shown


def test_a_name_of_a_file_is_safe_everywhere():
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("\u202efdp.exe") == "fdp-exe"
    assert slug(KOREAN) == "unnamed"
    assert len(slug("x" * 500)) == 60
