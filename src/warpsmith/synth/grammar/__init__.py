"""Writes kernels top-down in the manner of a profile: what stands in a slot is drawn by how people fill that slot."""
