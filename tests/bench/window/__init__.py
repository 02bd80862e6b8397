"""How fast the window is. Each file measures one thing and offers ``goals()``; each runs in a process of its own."""
