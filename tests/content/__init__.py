"""Tests of the content that ships: words, doses and plans, by the rules that a clinic's own content follows too."""
