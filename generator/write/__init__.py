"""Drawn pages → a tagged PDF file. The front door is `write.pdf.write`."""
