"""The task that rehearses a game's list in a worker."""

from celery import shared_task

from wargame.control.rehearsals import rehearsal_run


@shared_task(name="wargame.control.tasks.rehearse_game", ignore_result=True)
def rehearse_game(game_id: str) -> None:
    """Rehearse one game as its row asks."""
    rehearsal_run(game_id)
