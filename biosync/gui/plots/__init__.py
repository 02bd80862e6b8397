"""Small plots painted by hand, for paper and for the screen alike: axes, beats, spectrum, courses, trends."""
