"""Orders as the log has them: loaded, found, changed."""
