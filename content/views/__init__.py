"""The public pages of the catalogue. They are the same for everybody who reads the same language."""
