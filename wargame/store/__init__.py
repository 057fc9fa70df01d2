"""The log of every game and what each view may know of it. Writes only through `append`; reads by view."""
