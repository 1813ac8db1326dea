"""Text and commands in, sound out: what is said, by which voice, and when."""
