"""In step or not: two or more hearts on one clock, beyond chance and beyond the cue, and who leads. All pure."""
