"""The instructor next morning: scrub, look through a seat's eyes, change an order, rate, take everything home."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.support.services import Installation
from tests.support.theatre import Stage

ROOT = Path(__file__).resolve().parents[2]
BUILT_MS = 90_000
"""A loaded machine builds one thing after another."""


@pytest.fixture
def played(server: Installation) -> str:
    """Play six turns with bots in the store of the running installation; return the game's id."""
    done = subprocess.run(
        [sys.executable, "manage.py", "play", "--keep", "--preset", "ninety", "--seed", "5", "--json"], cwd=ROOT,
        env={**os.environ, "TRACKONE_DATA": str(server.errors.parent)}, capture_output=True, text=True, timeout=150,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    found = re.search(r'"game":"([^"]+)"', done.stdout)
    assert found is not None, done.stdout[-500:]
    return found[1]


@pytest.mark.timeout(280)
def test_an_instructor_reads_asks_what_if_rates_and_takes_the_report_home(stage: Stage, played: str) -> None:
    page = stage.person("Instructor").page
    page.goto(stage.staff_link)
    page.goto(f"{stage.url}/r/{played}")
    truth = page.get_by_role("radio", name="Ground truth")
    expect(truth).to_be_visible(timeout=BUILT_MS)
    expect(page.locator("main figure svg").first).to_be_visible()
    scrub(page)
    look_through_a_seat(page)
    ask_what_if(page)
    rate(page)
    take_home(page)


def at(page: Page) -> int:
    """Return the event the review stands at, as the address has it."""
    found = re.search(r"[?&]at=(\d+)", page.url)
    return int(found[1]) if found else -1


def scrub(page: Page) -> None:
    page.keyboard.press("Home")
    page.wait_for_url(re.compile(r"[?&]at=\d+"))
    first = at(page)
    page.keyboard.press(".")
    page.wait_for_url(lambda url: f"at={first}" not in url)
    assert at(page) > first, "a step is one event on"
    page.keyboard.press("]")
    later = at(page)
    assert later > first
    page.get_by_role("link", name="Replay", exact=True).click()
    expect(page.get_by_role("region", name="Rooms", exact=True)).to_be_visible()
    expect(page.get_by_text("As Control saw it.", exact=False)).to_be_visible()
    page.keyboard.press("End")
    page.wait_for_url(lambda url: f"at={later}" not in url)
    expect(page.get_by_role("region", name="Texts", exact=True)).to_be_visible()


def look_through_a_seat(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("President")).first.click()
    page.wait_for_url(re.compile("[?&]as="))
    expect(page.get_by_text("As this seat knew it.", exact=False).first).to_be_visible()
    expect(page.get_by_role("link", name="Counterfactuals")).to_have_count(0)
    page.get_by_role("radio", name="Ground truth").click()
    expect(page.get_by_role("link", name="Counterfactuals")).to_be_visible()


def ask_what_if(page: Page) -> None:
    page.get_by_role("link", name="Counterfactuals").click()
    page.get_by_role("button", name="Leave all out").click()
    page.get_by_role("button", name="Run it").click()
    came_to = page.get_by_role("region", name="What it came to")
    expect(came_to).to_be_visible(timeout=BUILT_MS)
    expect(came_to).to_contain_text("200 pairs of runs with the same dice")
    expect(came_to).to_contain_text("The unchanged run gives the record again, byte for byte.")


def rate(page: Page) -> None:
    page.get_by_role("link", name="Objectives").click()
    page.get_by_role("radio", name=re.compile("^S")).first.click()
    expect(page.get_by_role("radio", name=re.compile("^S")).first).to_be_checked()


def take_home(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Report and data").click()
    wanted = {
        "Report, PDF": is_pdf, "Report, one web page": is_page, "Report, Word": is_word,
        "Charts for slides": holds(".svg", ".png"), "Tables, CSV": holds(".csv"), "Tables, Parquet": holds(".parquet"),
        "Events, JSONL": holds(".jsonl"), "Statements, xAPI": holds(".json"), "Game package": holds(".jsonl"),
    }  # fmt: skip
    for name in wanted:
        page.get_by_role("button", name=f"Build: {name}", exact=True).click()
        expect(page.get_by_role("button", name=f"Save: {name}", exact=True)).to_be_visible(timeout=BUILT_MS)
    for name, right in wanted.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save: {name}", exact=True).click()
        right(Path(download.value.path()).read_bytes())


def is_pdf(body: bytes) -> None:
    document = pypdfium2.PdfDocument(body)
    assert len(document) > 5
    assert "After-action report" in document[0].get_textpage().get_text_range()


def is_page(body: bytes) -> None:
    assert body.lstrip().lower().startswith(b"<!doctype html>")
    assert b"<script" not in body.lower()
    assert not re.search(rb"""(src|href)=["']https?://""", body), "nothing is fetched from anywhere"


def is_word(body: bytes) -> None:
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(body)).paragraphs)
    assert "objectives" in words.lower()


def holds(*endings: str) -> object:
    def right(body: bytes) -> None:
        names = zipfile.ZipFile(io.BytesIO(body)).namelist()
        for ending in endings:
            assert any(name.endswith(ending) for name in names), (ending, names)

    return right
