"""What the suites share: real servers on free ports, temporary directories, a real PostgreSQL and a real Valkey."""
