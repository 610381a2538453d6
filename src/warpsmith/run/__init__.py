"""The job: configuration, plan of shards, workers, resume; and the calls that make pairs without a job."""
