"""Packs → messages: who may get one, that it is their own, and that nothing has changed when it goes out."""
