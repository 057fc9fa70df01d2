"""Bots: they play seats through the same protocol and with the same knowledge as people."""
