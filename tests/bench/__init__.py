"""How fast the hot pages are, beside bare views on the same server: `python -m tests.bench`."""
