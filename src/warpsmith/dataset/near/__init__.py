"""Near-duplicates: what two kernels share of their folded text, clusters of such kernels, and kernels to keep out."""
