"""Looking back at what was kept: which sessions there are, what one of them was, trends, and what may be told."""
