"""One command a file: what it takes (``add``) and what it does (``run``). Heavy things are imported only in ``run``."""
