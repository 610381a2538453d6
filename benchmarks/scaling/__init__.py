"""What `benchmarks.scale` measures, and the pictures and the table that are made of it."""
