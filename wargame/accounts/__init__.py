"""Staff sessions, link tokens and cookies: who a browser is, without accounts."""
