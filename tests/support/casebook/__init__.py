"""Numbered adjudication cases: their shape, how they are read, played, judged and printed.

A case is data that a political scientist can read: a situation, orders, and what the model has to make of them.
`scripts/casebook.py` prints the page, `scripts/mutate_rules.py` asks how much of the rules the cases hold fast.
"""
