"""The tasks that build a report, and whatever else a reader asks for, in a worker."""

from celery import shared_task

from wargame.aar.jobs import job_run
from wargame.aar.services import report_build
from wargame.aar.study import block_run


@shared_task(name="wargame.aar.tasks.build_report", ignore_result=True)
def build_report(job_id: int) -> None:
    """Build the pages of one job."""
    report_build(job_id)


@shared_task(name="wargame.aar.tasks.run_job", ignore_result=True)
def run_job(job_id: str) -> None:
    """Build what one job asks for."""
    job_run(job_id)


@shared_task(name="wargame.aar.tasks.run_study_block", ignore_result=True)
def run_study_block(key: str) -> None:
    """Play one block of a designed experiment."""
    block_run(key)
