"""From RR intervals to one labelled beat timeline a person."""
