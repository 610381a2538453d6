"""Training views: what a model is shown of a record, and what it is to answer; only where the verdicts carry it."""
