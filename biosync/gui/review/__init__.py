"""Looking back in the window: the list of sessions, one opened, two beside each other, a person over weeks."""
