"""Remind people of a deadline in games that run over days: who is due a reminder, once each, and its sending.

Depends on no delivery of a nudge: a reminder is a row, made by whoever notices first and sent by whoever takes it.
A mail server that is down costs a delay, never a second mail of one that went out. What is sent tells nothing of the
game but its title, the phase and when it ends.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q

from wargame.calendar import WALL, is_quiet
from wargame.game.state import State
from wargame.game.timers import PHASE
from wargame.play import cache
from wargame.store.models import Game, Membership, Timer
from wargame.timers.models import Reminder, Webhook
from wargame.timers.webhook import post

log = logging.getLogger(__name__)
TRIES = 5
AGAIN_MS = 60_000
"""A reminder that was taken and not sent for so long is free again: whoever took it is gone."""


def remind(*, now_ms: int) -> int:
    """Make the reminders that are due and send all that are unsent; return how many went out."""
    horizon = Game.objects.filter(status="running", timer__key=PHASE, timer__due_at_ms__gt=now_ms).distinct()
    for game in horizon:
        try:
            _make(game, now_ms=now_ms)
        except Exception:
            log.exception("reminders.failed game=%s", game.id)
    return _send_all(now_ms=now_ms)


def _make(game: Game, *, now_ms: int) -> None:
    state = cache.state_at_head(game)
    timer = Timer.objects.filter(game_id=game.id, key=PHASE).first()
    if not state.remind_ms or timer is None or timer.due_at_ms is None or is_quiet(state.quiet, now_ms):
        return
    phase = state.now_phase
    if phase is None or phase.length_ms is None or phase.length_ms <= state.remind_ms:
        return  # shorter than the notice: its beginning is reminder enough
    if WALL.left(state.quiet, now_ms, timer.due_at_ms) > state.remind_ms:
        return
    late = not_done(state)
    deadline, due_at_ms = f"{state.turn}:{phase.id}", timer.due_at_ms
    rows = Reminder.objects.filter(game_id=game.id, deadline=deadline, due_at_ms__lte=due_at_ms - state.remind_ms)
    rows.update(due_at_ms=due_at_ms, taken_ms=0, sent_ms=0, tries=0)  # put off by so much, it is another deadline
    Reminder.objects.bulk_create(
        [
            Reminder(game_id=game.id, person=person, deadline=deadline, due_at_ms=due_at_ms)
            for person in _reached(game.id, late)
        ],
        ignore_conflicts=True,
    )


def sends_mail() -> bool:
    """Tell whether this server was given a way to send mail."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def _reached(game_id: str, late: tuple[str, ...]) -> tuple[str, ...]:
    """Return who of them can be written to, and the webhook, if the game has one and waits for anybody."""
    rows = Membership.objects.filter(game_id=game_id, removed=False, person__in=late).exclude(email="")
    people = sorted(rows.values_list("person", flat=True)) if sends_mail() else []
    hook = late and Webhook.objects.filter(game_id=game_id).exists()
    return (*people, *([""] if hook else []))


def not_done(state: State) -> tuple[str, ...]:
    """Return the people whose seats a deadline waits for: sheets not in where orders are written, else not ready."""
    phase = state.now_phase
    orders = phase is not None and phase.orders
    return tuple(
        person
        for seat in state.seats.values()
        if seat.policy is None and not (state.sheets[seat.id].submitted if orders else seat.ready)
        for person in seat.members
    )


def _send_all(*, now_ms: int) -> int:
    free = Q(taken_ms__lt=now_ms - AGAIN_MS, due_at_ms__gt=now_ms)
    sent = 0
    for reminder in Reminder.objects.filter(free, sent_ms=0, tries__lt=TRIES).select_related("game").order_by("pk"):
        taken = Reminder.objects.filter(free, pk=reminder.pk, sent_ms=0)
        if not taken.update(taken_ms=now_ms, tries=F("tries") + 1):
            continue  # another process has it
        try:
            _send(reminder)
        except Exception:
            log.exception("reminder.unsent game=%s deadline=%s", reminder.game_id, reminder.deadline)
            continue
        Reminder.objects.filter(pk=reminder.pk).update(sent_ms=now_ms)
        sent += 1
    return sent


def _send(reminder: Reminder) -> None:
    state = cache.state_at_head(reminder.game)
    subject, text = words_of(state, reminder)
    if not reminder.person:
        hook = Webhook.objects.filter(game_id=reminder.game_id).first()
        if hook is not None:
            post(hook.address, {"text": f"{subject}\n{text}"})
        return
    email = Membership.objects.filter(game_id=reminder.game_id, person=reminder.person).values_list("email", flat=True)
    address = email.first()
    if not address:
        return
    name = f"<reminder-{reminder.pk}@{reminder.game_id}.invalid>"
    EmailMessage(subject, text, to=[address], headers={"Message-ID": name, "Auto-Submitted": "auto-generated"}).send()


def words_of(state: State, reminder: Reminder) -> tuple[str, str]:
    """Return subject and text of a reminder: nothing that one seat knows and another does not."""
    zone = state.quiet.zone if state.quiet is not None else "UTC"
    due = datetime.fromtimestamp(reminder.due_at_ms / 1000, ZoneInfo(zone))
    phase = next((one.label for one in state.phases if one.id == reminder.deadline.partition(":")[2]), "The phase")
    when = f"{due:%A %d %B, %H:%M} ({zone})"
    address = f"{settings.PUBLIC_URL}/g/{state.id}" if settings.PUBLIC_URL else "the link you joined by"
    text = f"{phase} of {state.turn_name or f'turn {state.turn}'} ends on {when}. Somebody is still to be done."
    return f"{state.title}: {phase} ends {due:%a %H:%M}", f"{text}\nYour game: {address}\n"
