"""Shared wording: passages, fingerprints, candidates, alignment, stories and each copy's derivation. No Beam."""
