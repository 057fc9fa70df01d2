"""The game as data: tables, statements and events for research, with their codebook. Built from the log alone."""
