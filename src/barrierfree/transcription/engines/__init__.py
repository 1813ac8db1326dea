"""One file per speech engine; reached only through the entry points."""
