"""How often a verdict on two hearts is right: pairs with known coupling, ours and others' methods in one run."""
