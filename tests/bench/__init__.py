"""How fast biosync is, side by side with its peers and with a floor: ``python -m tests.bench``."""
