"""A session as a page to hand over: laid out and painted onto PDF."""
