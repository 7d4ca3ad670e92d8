"""The append-only record of who did what; the one place that changes a state."""
