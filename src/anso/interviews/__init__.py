"""Interviews of a call: the times that officers open, who chose which, and who listens."""
