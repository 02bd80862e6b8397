"""The porch: straps and radios. Imports nothing of biosync."""
