"""biosync: people calm down together, led by a breath cue that answers their hearts."""
