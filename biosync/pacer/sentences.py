"""What the cue says of itself, where more than one place says it, or where two sentences stand for each other."""

from __future__ import annotations

BACK, AGAIN = "lost: the cue goes back to your own breath", "finding your breath again"
"""Who was led and is lost; who was not led for sure, or could not be read for a while."""
SLOWER, TRIAL = "slowing a little: you are with the cue", "a little slower, to see if you are with the cue"
STAYING, SEEMS = "staying a few breaths: you are with the cue", "staying a few breaths: you seem to be with the cue"
"""Each first where they are known to follow, or did before, then where they are being tried for the first time."""
WAITING = "waiting: the cue stays until you are with it"
UNREAD = "some beats were missed just now: the cue stays as it is"
