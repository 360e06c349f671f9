"""What is not the article: cues, position, shape and repetition, and the reversible cleaning."""
