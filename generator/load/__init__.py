"""Files to models: the library of shared content, and plans."""
