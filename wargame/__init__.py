"""The server: one aggregate, one log, one path for actions, and the rooms around them."""
