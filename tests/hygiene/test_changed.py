"""A change finds its tests."""

import pytest

from tests.changed import touched


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("scanning/codes.py", "tests/unit/scanning/test_codes.py"),
        ("picker/services/clock.py", "tests/contracts/test_clock.py"),
        ("picker/flow/capture.py", "tests/unit/flow/test_capture.py"),
        ("tests/unit/flow/world.py", "tests/unit/flow/test_attach.py"),
        ("tests/faults/station/test_one_name.py", "tests/faults/station/test_one_name.py"),
    ],
)
def test_a_changed_file_runs_the_tests_that_know_it(file: str, test: str) -> None:
    assert test in touched([file])


def test_what_nobody_imports_runs_nothing() -> None:
    assert touched(["LICENSE"]) == []
