"""To hold a state: its lock or lease, its folder or the copy of one elsewhere, its one commit point."""
