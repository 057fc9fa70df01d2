"""Reminders of games that run over days: once each, only to those who are not done, and never in quiet hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tests.support.games import Table, a_game
from tests.support.timekeeping import DAY, HOUR, MIN
from wargame.store.heartbeat import beat
from wargame.store.models import Membership
from wargame.timers import reminders
from wargame.timers.models import Reminder, Webhook
from wargame.timers.reminders import AGAIN_MS, remind
from wargame.timers.webhook import WebhookRefused, fault_of, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _mail(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    mail.outbox = []


def planning(*, remind_ms: int = 2 * HOUR) -> Table:
    """Return a game in a planning phase of a day, with two people who can be written to."""
    table = a_game(seats=("potus", "dprk"), phase_ms={"brief": MIN, "plan": DAY, "negotiate": 30 * MIN}, started=True)
    for seat in ("potus", "dprk"):
        row = Membership.objects.filter(game_id=table.game, person=table.people[seat].person)
        row.update(email=f"{seat}@example.org")
    if remind_ms:
        table.must("control", "reminders.set", before_ms=remind_ms)
    table.must("control", "phase.end", expect="brief")
    return table


def remind_at(table: Table, later_ms: int) -> int:
    return remind(now_ms=table.now_ms + later_ms)


def to_whom() -> list[str]:
    return [one.to[0] for one in mail.outbox]


def test_each_who_is_not_done_is_written_to_once_and_not_too_early() -> None:
    table = planning()
    table.must("dprk", "orders.submit")
    assert remind_at(table, 22 * HOUR - 1) == 0
    assert remind_at(table, 22 * HOUR) == 1
    assert remind_at(table, 22 * HOUR + 10 * MIN) == 0
    assert to_whom() == ["potus@example.org"]
    assert "Plan ends" in mail.outbox[0].subject


def test_a_pause_a_phase_shorter_than_the_notice_and_a_game_without_notice_remind_nobody() -> None:
    table = planning()
    table.must("control", "game.pause", reason="")
    assert remind_at(table, 23 * HOUR) == 0
    table.must("control", "game.resume")
    table.must("control", "phase.end", expect="1:plan")
    assert remind_at(table, 10 * MIN) == 0
    assert remind_at(planning(remind_ms=0), 23 * HOUR) == 0


def test_a_deadline_put_off_by_more_than_the_notice_is_another_one() -> None:
    table = planning()
    assert remind_at(table, 23 * HOUR) == 2
    table.now_ms += 23 * HOUR
    beat(table.now_ms)
    table.must("control", "clock.extend", by_ms=10 * MIN)
    assert remind_at(table, 20 * MIN) == 0
    table.must("control", "clock.extend", by_ms=DAY)
    assert remind_at(table, 22 * HOUR) == 0
    assert remind_at(table, 24 * HOUR) == 2


def test_mail_that_could_not_be_sent_is_tried_again_and_what_went_out_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    table, sent = planning(), reminders._send

    def failing(reminder: Reminder) -> None:
        if reminder.person == table.people["dprk"].person:
            raise ConnectionRefusedError
        sent(reminder)

    monkeypatch.setattr(reminders, "_send", failing)
    assert remind_at(table, 23 * HOUR) == 1
    monkeypatch.setattr(reminders, "_send", sent)
    assert remind_at(table, 23 * HOUR + AGAIN_MS // 2) == 0
    assert remind_at(table, 23 * HOUR + 2 * AGAIN_MS) == 1
    assert sorted(to_whom()) == ["dprk@example.org", "potus@example.org"]


def test_nobody_is_woken_in_quiet_hours() -> None:
    table = planning()
    now = datetime.fromtimestamp(table.now_ms / 1000, ZoneInfo("UTC"))
    minute = now.hour * 60 + now.minute
    quiet = {"begins": (minute + 60) % 1440, "ends": (minute + 180) % 1440, "zone": "UTC"}
    table.must("control", "quiet.set", quiet=quiet)
    table.must("control", "clock.extend", by_ms=-(DAY - 2 * HOUR))
    assert remind_at(table, 90 * MIN) == 0
    assert remind_at(table, 185 * MIN) == 2


def test_a_game_posts_to_its_webhook_that_somebody_is_still_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    table, posted = planning(), []
    monkeypatch.setattr(reminders, "post", lambda address, words: posted.append((address, words["text"])))
    Webhook.objects.create(game_id=table.game, address="https://chat.example.org/hook")
    assert remind_at(table, 23 * HOUR) == 3
    assert [address for address, _ in posted] == ["https://chat.example.org/hook"]
    assert "potus" not in posted[0][1].lower()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x",
        "https://",
        "file:///etc/passwd",
        "https://me:secret@example.org/",
        "https://[::1",
        "https://a:x/",
    ],
)
def test_an_address_that_is_no_webhook_is_refused(address: str) -> None:
    assert fault_of(address)


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.8/x", "https://169.254.169.254/"]
)
def test_a_webhook_does_not_lead_into_the_servers_own_network(address: str) -> None:
    with pytest.raises(WebhookRefused, match="no public address"):
        post(address, {"text": "x"})
