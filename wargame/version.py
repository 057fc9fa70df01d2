"""The version of the rules' implementation that is written into every event."""

ENGINE = "1.0.0"
