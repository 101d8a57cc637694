"""The tag-keeping merge of PDF files: a small library of its own, see `pack` for its use and docs/merging.md."""
