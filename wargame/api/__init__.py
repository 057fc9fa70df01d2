"""The HTTP edge: JSON in, one function, JSON out."""
