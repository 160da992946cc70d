"""From a wish to a plan."""
