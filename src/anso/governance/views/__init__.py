"""Public pages of governance: members, bodies, mandates."""
