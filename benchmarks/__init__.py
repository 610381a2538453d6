"""Measurements that the documentation quotes; every figure and plot in `docs/` is made by a command of this package."""
