"""The content pack: its format, its rules, and everything else about it that is pure."""
