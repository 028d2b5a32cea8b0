import pytest

# Before any test imports it: its own assertions are to say what they compared, too.
pytest.register_assert_rewrite("browsing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests with a browser last: from the first of them on an event loop runs in the tests' own thread.

    Playwright keeps its loop until the browser is closed, and no other can be started beside it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
