"""How well a cue leads: virtual people of two families, our pacer beside other pacers, and the goals."""
