"""The data set on disk: shard files in three formats, fingerprints, manifest, card, statistics, validation."""
