"""The charts of a report as drawings that stand on their own, from the same numbers the pages draw."""
