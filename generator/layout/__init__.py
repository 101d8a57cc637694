"""Document and brand → drawn pages. The front door is `layout.pages`."""
