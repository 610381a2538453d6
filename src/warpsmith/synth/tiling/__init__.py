"""Tiles: what a block of threads loads, computes and stores together; families of tile kernels are made of these."""
