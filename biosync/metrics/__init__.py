"""One pure function of a window a file: the figures of the contract, each with its source."""
