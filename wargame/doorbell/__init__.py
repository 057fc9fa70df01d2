"""The doorbell: tells every web process how far a game's views have advanced, and nothing else.

The only code that knows the channel layer. A message carries game id, heads and epoch; it may be lost,
doubled or late without harm, because heads are cumulative and every hub reads them by itself as well.
Ring after commit. Ringing never waits and never raises.
"""

from wargame.doorbell.bell import Bell, group_of, listen_here, ring, stop_listening_here

__all__ = ["Bell", "group_of", "listen_here", "ring", "stop_listening_here"]
