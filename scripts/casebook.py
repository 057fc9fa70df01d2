"""Print `docs/adjudication-cases.md` from the casebook, or with `--check` tell whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from adjudication.scenario import load_scenario  # noqa: E402
from tests.support.casebook.page import page  # noqa: E402
from tests.support.casebook.shape import CASEBOOK, CasebookError, check_book, read_book  # noqa: E402

PAGE = ROOT / "docs" / "adjudication-cases.md"


def main() -> None:
    """Print the page, or compare."""
    try:
        book = read_book()
        scenario = load_scenario(ROOT / "fixtures" / "scenarios" / f"{book.scenario}.yaml")
        check_book(book, scenario)
    except CasebookError as faults:
        sys.exit(str(faults))
    printed = page(book, scenario, CASEBOOK.name)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(printed, encoding="utf-8")
        print(f"{PAGE.relative_to(ROOT)}: {len(book.cases)} cases.")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != printed:
        sys.exit(f"{PAGE.relative_to(ROOT)} is not what {CASEBOOK.name} says: run scripts/casebook.py and commit.")


if __name__ == "__main__":
    main()
