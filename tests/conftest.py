import atexit
import os
import shutil
import tempfile

import pytest

# The lock that programs on this machine take turns by lies there: tests neither wait for a Byline at work nor stop it,
# and those that run beside each other do not wait for one another.
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="byline-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)

# Before any test imports them: their own assertions are to say what they compared, too.
pytest.register_assert_rewrite("bridge", "browsing", "command_line", "lighthouse", "shelving", "talking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests with a browser last: from the first of them on an event loop runs in the tests' own thread.

    Playwright keeps its loop until the browser is closed, and no other can be started beside it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
