"""Email: an outbox that knows of every message whether it was sent, the messages, and the clinic's mail server."""
