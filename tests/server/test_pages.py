"""What every answer carries, and which changes are refused for where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client, override_settings

ORIGIN = "http://127.0.0.1"
CLIENT = {"HTTP_HOST": "127.0.0.1"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text('<script nonce="__CSP_NONCE__">1</script>')
    return tmp_path


def test_each_page_gets_a_nonce_of_its_own_that_its_policy_names(built: Path) -> None:
    with override_settings(FRONTEND_DIST=built):
        answers = [Client().get("/g/some-game", **CLIENT) for _ in range(2)]
    nonces = []
    for answer in answers:
        nonce = answer.content.decode().split('"')[1]
        assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"].replace("style-src-attr 'unsafe-inline'", "")
        nonces.append(nonce)
    assert len(set(nonces)) == 2


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    with override_settings(FRONTEND_DIST=tmp_path):
        answer = Client().get("/", **CLIENT)
    assert answer.status_code == 503
    assert "make build" in answer.content.decode()


@pytest.mark.parametrize("path", ["/api/no-such-thing", "/static/app/no-such-file.js"])
def test_a_typo_in_an_address_of_ours_is_not_answered_with_the_page(path: str, built: Path) -> None:
    with override_settings(FRONTEND_DIST=built):
        assert Client().get(path, **CLIENT).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "same-origin"}, False),
        ({"HTTP_ORIGIN": "http://elsewhere.example"}, True),
        ({"HTTP_ORIGIN": "null"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, True),
    ],
)
def test_a_change_sent_by_a_page_of_another_site_is_refused(headers: dict[str, str], refused: bool) -> None:
    answer = Client().post("/api/join", data="{}", content_type="application/json", **CLIENT, **headers)
    assert (answer.status_code == 403 and answer.json()["code"] == "request.cross_site") is refused


def test_health_says_what_cannot_be_used(tmp_path: Path, db: None) -> None:
    with override_settings(FRONTEND_DIST=tmp_path):
        answer = Client().get("/readyz", **CLIENT)
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "valkey": True, "pages": False}
