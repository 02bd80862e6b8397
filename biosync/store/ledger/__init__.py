"""The ledger: one SQLite file in biosync's home that keeps every session as it came in, and who the people are."""
