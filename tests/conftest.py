"""Hypothesis draws the same examples on every run, so that a red build is the change's doing.

``HYPOTHESIS_PROFILE=explore pytest tests/...`` draws new ones; a failure found so becomes an example in a test.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
