"""One file per family of output formats."""
