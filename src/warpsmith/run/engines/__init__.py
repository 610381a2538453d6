"""Where the tasks of a job are done: in processes of this machine, or on a cluster."""
