"""A whole game in one file that anybody can check: what it was played with, all that happened, what each view was told.

`container` owns the file and its digests, `lines` how a row of the store is written as a line, `papers` what is made
from the rest for readers, `export`, `check` and `restore` the three things one does with a package.
"""
