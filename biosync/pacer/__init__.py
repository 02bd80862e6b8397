"""The controller of the breath cue: at which pace, and why."""
