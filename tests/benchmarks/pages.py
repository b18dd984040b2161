"""Every state of every page of the desk: axe on six screens, the Nu HTML checker, bytes and requests.

The small version is in the tests: `tests/browser/test_accessibility.py` and `tests/dashboard/test_markup.py`. Both are run
here whole, in a process of their own, since they need the tests' own settings of Django.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def main() -> dict[str, Any]:
    """How many states and runs of axe, faults found by each checker, the heaviest page; `broken` names the faults."""
    with tempfile.TemporaryDirectory(prefix="immersion-bot-pages-") as folder:
        out = Path(folder) / "figures.json"
        given = dict(os.environ) | {"BENCH_PAGES": str(out)}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "0",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/browser/every_page.py",
        ]
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        if not out.is_file():
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        return dict(json.loads(out.read_text(encoding="utf-8")))
