"""Whatever is put into a file, the verdict comes soon, in little memory and few words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import SOURCE_ROOTS
from hostile import INPUTS

from edgewise.source import MAX_BYTES

# Two seconds on a quiet machine; the machines that tests run on are slow and seldom quiet.
MOST_SECONDS = 10
# Two hundred megabytes, and room for what another version of the interpreter takes for itself.
MOST_MEGABYTES = 230
MOST_OF_A_MESSAGE = 300
MOST_AT_ONCE = 1_500


@pytest.mark.parametrize("name", INPUTS)
def test_the_verdict_is_soon_small_and_right(name: str) -> None:
    assert len(INPUTS[name].content) <= MAX_BYTES
    done = subprocess.run(
        (sys.executable, str(Path(__file__).with_name("hostile.py")), name),
        env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    verdict = json.loads(done.stdout)
    assert set(verdict["codes"]) == INPUTS[name].codes
    assert verdict["seconds"] < MOST_SECONDS
    assert verdict["megabytes"] < MOST_MEGABYTES
    assert verdict["longest_message"] <= MOST_OF_A_MESSAGE
    assert verdict["most_said_at_once"] <= MOST_AT_ONCE
    assert verdict["strays"] == 0
