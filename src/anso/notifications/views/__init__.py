"""Pages of the outbox and, in a demonstration, its mailbox."""
