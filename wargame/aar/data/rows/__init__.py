"""The tables by subject: what each is, its columns, and the rows a game has for it."""
