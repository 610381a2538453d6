"""Kernels that people wrote: where they stand. Files are read, never imported."""
