"""What `bench pages` runs: every state of every page on every screen. Not collected by the suite: it takes minutes."""

import json
import os
from pathlib import Path

from bot.dashboard import assets
from tests.browser.stage import MOST_REQUESTS, SCREENS, Stage
from tests.dashboard import test_markup
from tests.dashboard.gallery import gallery
from tests.dashboard.office import opened


def test_every_state_on_every_screen(chromium, db, clock, tmp_path):
    opened(clock, tmp_path)
    pages = gallery(clock)
    stage, axe, asked = Stage(chromium), {}, []
    for one in pages:
        if wrong := stage.faults(one):
            axe[f"{one.name} ({one.path})"] = wrong
        asked.append(stage.loaded)
    stage.close()
    nu = test_markup.faults(pages, tmp_path) if test_markup.checker() else ["no checker here"]
    files = sum(len(assets._packed(name)) for name in assets._TYPES)
    size, heaviest = max((len(one.html.encode()) + files, one.name) for one in pages)
    figures = {
        "states": len(pages), "axe runs": len(pages) * len(SCREENS), "axe faults": sum(map(len, axe.values())),
        "nu faults": len(nu), "script errors": len(stage.errors), "most requests": max(asked), "heaviest": heaviest,
        "heaviest bytes": size,
        "broken": [*(f"{name}: {wrong[:3]}" for name, wrong in axe.items()), *nu[:20], *stage.errors[:20],
                   *(["too heavy"] if size >= test_markup.PAGE_BYTES else []), *(["requests"] if max(asked) > MOST_REQUESTS else [])],
    }  # fmt: skip
    Path(os.environ["BENCH_PAGES"]).write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
