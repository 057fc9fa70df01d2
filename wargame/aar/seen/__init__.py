"""What one seat may read of a game: the report's sections again, each from that seat's own rows and nothing else."""
