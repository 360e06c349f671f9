"""What flows through the pipeline, and what it writes: records, errors and their JSON Lines codec."""
