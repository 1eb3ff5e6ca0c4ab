"""What holds for all tests: what somebody has set for themselves does not decide what a test sees."""

from __future__ import annotations

import os

pytest_plugins = ("servers",)

# How people like their terminals, and what git tells its hooks when the tests run from one.
SETTINGS = ("NO_COLOR", "FORCE_COLOR", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


def pytest_configure() -> None:
    """Take those settings out of the environment before any test is collected."""
    for name in SETTINGS:
        os.environ.pop(name, None)
