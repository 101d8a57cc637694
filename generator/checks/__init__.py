"""Gates: what no unsafe, incomplete, unreadable or overdue pack passes."""
