"""Noticing that deadlines are due. Whoever notices races to the same command; the receipt decides."""
