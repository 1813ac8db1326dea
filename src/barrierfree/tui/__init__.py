"""Textual apps by meaning and aloud; only this room and the app import Textual."""
