"""Sound in, words out."""
