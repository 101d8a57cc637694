"""Tests of `generator.inputs`."""
