import pytest

# Before any test imports it: its own assertions are to say what they compared, too.
pytest.register_assert_rewrite("browsing")
