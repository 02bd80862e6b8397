"""What the charts of one person show, live and of a stored session alike: plain arrays, no Qt, no clock."""
