"""The dialogue: a pure function of the session and a message. No I/O, no third-party library."""
