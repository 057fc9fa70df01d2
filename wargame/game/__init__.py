"""The root aggregate of one game: pure, without clock, socket, database or global random."""
