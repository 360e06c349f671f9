"""From attributed components to the records of articles, stories and reuse."""
