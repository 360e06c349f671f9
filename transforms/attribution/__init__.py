"""What we know about credits: the agencies, how they are credited, and whose copy an article is."""
