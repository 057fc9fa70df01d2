"""Every kind of job there is, by the name it is asked for. A room that builds something adds its line here."""

from wargame.aar.counterfactuals import COUNTERFACTUAL
from wargame.aar.data.job import EXPORT
from wargame.aar.documents.job import DOCUMENT
from wargame.aar.lens_panel import LENSES
from wargame.aar.many.course import COURSE
from wargame.aar.package.job import PACKAGE
from wargame.aar.questions import QUESTIONS
from wargame.aar.work import Kind

KINDS: dict[str, Kind] = {
    "counterfactual": COUNTERFACTUAL,
    "course": COURSE,
    "export": EXPORT,
    "document": DOCUMENT,
    "lenses": LENSES,
    "package": PACKAGE,
    "questions": QUESTIONS,
}
