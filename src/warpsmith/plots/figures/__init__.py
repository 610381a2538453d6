"""The figures, one file each: what is drawn, and from which numbers."""
