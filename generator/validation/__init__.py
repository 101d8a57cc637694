"""Text values → models: what is wrong with them in plain words, and whether the ids that they name exist.

Content files and rosters pass through here alike, so that a mistake reads the same wherever it stands.
"""
