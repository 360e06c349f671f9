"""How the steps are laid out, run, written down and shown."""
