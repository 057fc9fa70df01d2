"""An axe scan of the screens people spend their time on, in both themes: no serious or critical violation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.services import ROOT
from tests.support.theatre import Stage, control_line, join_by_code, quick_game, take_seat

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}, "resultTypes": ["violations"]}
PHASES: dict[str, int | None] = {"brief": 300, "plan": None, "negotiate": 300, "outcome": None}


@pytest.fixture(scope="session")
def axe() -> str:
    assert AXE.exists(), "axe-core is not installed: run `make setup`"
    return AXE.read_text(encoding="utf-8")


def scan(page: Page, axe: str, screen: str) -> list[str]:
    """Return the serious violations of a page in both themes, with where they are."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate(axe)
        result: dict[str, Any] = page.evaluate("(rules) => axe.run(document, rules)", RULES)
        assert result["passes"], f"nothing was looked at on {screen}"
        for one in result["violations"]:
            if one["impact"] in {"serious", "critical"}:
                where = [
                    f"{node['target']}: {node['failureSummary'].splitlines()[-1].strip()}" for node in one["nodes"]
                ]
                found.append(f"{screen} ({theme}) {one['id']}: {one['help']}\n    " + "\n    ".join(where[:4]))
    return found


def look_at_a_text(page: Page, look: Callable[[Page, str], None]) -> None:
    """Scan a text on its own page, a clause of it opened, the catalogue, and the ledger; come back to the console."""
    console = page.url
    page.get_by_role("button", name=re.compile("^New proposal")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Start drafting").click()
    page.get_by_role("link", name="Open this text on its own page").click()
    page.locator("tr[data-clause] .name").first.click()
    expect(page.get_by_role("heading", name="What has to happen")).to_be_visible()
    look(page, "a text")
    page.get_by_role("button", name=re.compile("^Add clause")).click()
    expect(page.get_by_label("Search the catalogue")).to_be_visible()
    look(page, "catalogue of clauses")
    page.keyboard.press("Escape")
    page.goto(f"{page.url.split('/p/')[0]}/agreements")
    expect(page.get_by_role("heading", name="Agreements", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Obligations by turn")).to_be_visible()
    look(page, "ledger of agreements")
    page.goto(console)
    expect(page.get_by_role("button", name=re.compile("^Submit orders")).first).to_be_visible()


def test_no_screen_has_a_serious_violation_in_either_theme(stage: Stage, axe: str) -> None:
    made = quick_game(stage, people=("potus", "dprk"), phase_ms=PHASES)
    mara, desk = stage.person("Mara"), stage.person("Control", reduced_motion="reduce")
    found: list[str] = []
    look: Callable[[Page, str], None] = lambda page, screen: found.extend(scan(page, axe, screen))  # noqa: E731
    page = mara.page
    page.goto(stage.url)
    expect(page.get_by_label("Room code")).to_be_visible()
    look(page, "start page")
    join_by_code(mara, stage.url, made["code"])
    take_seat(mara, "potus")
    look(page, "lobby")
    control = control_line(stage, made)
    control.do("game.start", force=True)
    mara.until(lambda: mara.phase()[1] == "plan", "Plan")
    expect(page.get_by_role("button", name=re.compile("^Draft ")).first).to_be_visible()
    look(page, "console")
    page.get_by_role("button", name=re.compile("^Draft ")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page, "order sheet")
    page.get_by_role("dialog").get_by_role("button", name="Put on the sheet").click()
    look_at_a_text(page, look)
    desk.page.goto(made["control_url"])
    expect(desk.page.get_by_role("button", name="End phase")).to_be_visible()
    look(desk.page, "control in play")
    desk.page.keyboard.press("c")
    expect(desk.page.get_by_role("dialog", name="Clock")).to_be_visible()
    look(desk.page, "clock panel")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("t")
    expect(desk.page.get_by_role("region", name="Master scenario events list")).to_be_visible()
    look(desk.page, "master list as a table")
    desk.page.keyboard.press("t")
    control.do("phase.end", expect="plan")
    expect(desk.page.get_by_role("button", name="Accept all and release")).to_be_visible(timeout=30_000)
    look(desk.page, "control ruling")
    control.do("ruling.accept", turn=mara.phase()[0])
    page.wait_for_url(re.compile("/turn/"))
    expect(page.get_by_text(re.compile("^The record of ")).first).to_be_visible()
    look(page, "outcome")
    control.do("game.end", reason="Enough")
    desk.page.goto(f"{stage.url}/r/{made['game']}")
    expect(desk.page.get_by_role("radio", name="Ground truth")).to_be_visible(timeout=40_000)
    expect(desk.page.locator("main figure svg").first).to_be_visible()
    look(desk.page, "review")
    assert not found, "\n".join(found)
