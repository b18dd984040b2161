"""Telegram: what comes in is stored before it is acknowledged, what goes out leaves an outbox."""
