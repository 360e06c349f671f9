"""What earlier runs know: its files, what of it new articles touch, and the names of stories that last."""
