"""The one path of every action. `handle` is the only way to change a game."""
