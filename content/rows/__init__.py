"""The catalogue in the database: files become rows, rows become files, and an edit is held to the same rules."""
