"""Every compiled pattern of the program, timed on texts made of its own parts."""
