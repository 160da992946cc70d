"""How requests of roadmaps are answered, where several views answer alike."""
