"""The outbox: every message waits here, can be read and held, and leaves a delivery log."""
