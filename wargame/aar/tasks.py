"""The task that builds a report in a worker."""

from celery import shared_task

from wargame.aar.services import report_build


@shared_task(name="wargame.aar.tasks.build_report", ignore_result=True)
def build_report(job_id: int) -> None:
    """Build the pages of one job."""
    report_build(job_id)
