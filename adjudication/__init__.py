"""The world and how moves are settled. Pure: no clock, no I/O, no global random generator."""
