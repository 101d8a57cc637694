"""Settings of the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# In CI the same examples every time, so that a red run is about the change; at home new ones each time.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
