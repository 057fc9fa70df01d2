"""From a report page to a document: what is said, in which order, with which figures and references.

Each module beside this one writes one subject; `whole` puts them together. They read JSON and return blocks: no log,
no database, no form of file.
"""
