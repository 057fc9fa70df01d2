"""After the action: what happened, to whom it was visible, and why."""
