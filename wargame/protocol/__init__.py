"""Wire frames as closed msgspec unions, and the exporter of their schemas."""
