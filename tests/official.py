"""Where the official lists lie at full size, beside the repository; `SHARED_DATA` names another folder."""

import os
from pathlib import Path

from bot.config import ROOT

LISTS = Path(os.environ.get("SHARED_DATA") or ROOT.parent / "shared/data")
"""Never committed: a test that finds nothing here makes its own lists, of the same size."""
