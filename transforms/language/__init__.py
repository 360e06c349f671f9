"""Which language a text is in: cheap evidence where it is unanimous, langdetect where it isn't."""
