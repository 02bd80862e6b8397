"""What the cue says of itself, where more than one place says it, or where two sentences stand for each other."""

from __future__ import annotations

BACK, AGAIN = "lost: the cue goes back to your own breath", "finding your breath again"
"""Who was led and is lost; who was never led."""
SLOWER, TRIAL = "slowing a little: you are with the cue", "a little slower, to see if you are with the cue"
STAYING, SEEMS = "staying a few breaths: you are with the cue", "staying a few breaths: you seem to be with the cue"
"""Each first where they were proven to follow, then where they are being tried."""
WAITING, UNREAD = "waiting: the cue stays until you are with it", "too few beats just now: the cue stays as it is"
