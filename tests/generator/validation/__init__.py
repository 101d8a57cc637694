"""Tests of `generator.validation`."""
