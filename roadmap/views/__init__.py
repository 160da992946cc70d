"""What people ask of roadmaps, by noun."""
