"""The steps of the pipeline (files: one PTransform each) and what they know (folders: pure functions and data)."""
