"""The forms of roadmaps."""
