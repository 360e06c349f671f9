"""Who published a document: profiles of publishers as data, normalised addresses, and the identity of articles."""
