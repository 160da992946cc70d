"""The assessment's pages: asking, the result, and what changed over time."""
