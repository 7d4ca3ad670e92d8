"""Template filters of the calls app."""
