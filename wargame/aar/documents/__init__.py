"""The documents of a report: HTML, PDF, DOCX, every chart as a file, and evidence packs.

`build` makes one from JSON alone: a report page (`wargame.aar.report`), the answers to the questions of the case and
the lenses if they were worked out, and the instructor's assessment. It reads no database and no clock: same JSON, same
bytes.
"""
