"""Live sockets: one consumer, one hub a process, one bounded outbox a socket. No rule, no ORM in the loop."""
