"""Plain makers of rows for tests, one module per app."""
