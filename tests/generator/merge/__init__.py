"""Tests of the tag-keeping merge. graph, views and samples can be used by other tests."""
