"""Many games at once: what one game came to in numbers, groups of games held against each other, a course's data set.

`digest` reads one game, `compare` puts several side by side, `chance` says what a difference between groups is worth,
`course` writes the tables of a whole exercise. Nothing here reads a running game's people or writes to any game.
"""
