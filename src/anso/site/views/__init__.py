"""Pages of the site app: public, for signed-in people, for staff, and errors."""
