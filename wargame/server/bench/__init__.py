"""Measurements of the whole house in one run. Ratios within the run are what counts; the numbers are this machine's."""
