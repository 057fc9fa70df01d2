"""The report as a PDF for A4 or Letter."""

from wargame.aar.documents.model import Document
from wargame.aar.documents.typesetting import pdf

TEMPLATE = "report.typ"


def render(document: Document, *, paper: str) -> bytes:
    """Return the document as a PDF. `paper`: `a4` or `letter`."""
    return pdf(TEMPLATE, document, paper=paper)
