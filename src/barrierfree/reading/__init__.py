"""Turns what is on a screen into what is said about it; hides words, order, and what is news."""
