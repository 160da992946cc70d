"""What the pages of roadmaps read."""
