"""The cue as sound: tones that tell in from out with eyes shut, made from the plan ahead of when they are heard."""
