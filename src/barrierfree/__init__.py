"""barrierfree."""
