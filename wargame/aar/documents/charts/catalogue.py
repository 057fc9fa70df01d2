"""Every chart a report has, in the order of their names: the list behind the folder of drawings and the documents."""

from wargame.aar.documents.charts import course, dealings
from wargame.aar.documents.model import Chart
from wargame.aar.documents.reading import Json, Reading


def charts(reading: Reading, questions: Json | None = None, lenses: Json | None = None) -> list[Chart]:
    """Return every chart of a report."""
    single = (
        course.strain(reading), course.timeline(reading), course.trust(reading), course.risk(reading),
        dealings.goldstein(reading), dealings.gap(reading), dealings.goals(reading), dealings.voices(reading),
    )  # fmt: skip
    found = [
        *single, *course.waterfalls(reading), *course.variables(reading), *dealings.bargaining_maps(reading),
        *dealings.paths(reading),        *dealings.question_charts(questions), *dealings.lens_charts(lenses),
    ]  # fmt: skip
    return sorted((chart for chart in found if chart is not None), key=lambda chart: chart.id)
