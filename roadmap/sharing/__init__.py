"""Who else may look, and what their looking leaves behind: links and visits."""
