"""The browser suite: real Chromium against a real installation."""

from tests.support.browser import browser_type_launch_args

__all__ = ["browser_type_launch_args"]
