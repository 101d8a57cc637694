"""Tests of `generator.models`."""
