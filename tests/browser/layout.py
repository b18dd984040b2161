"""What a picture shows, as boxes: each accessible element on it, with its role, its name and its place."""

import json
import re

READ = """(height) => {
  const roles = { A: "link", BUTTON: "button", H1: "heading", H2: "heading", H3: "heading", INPUT: "field", SELECT: "field",
    TEXTAREA: "field", SUMMARY: "button", NAV: "navigation", TABLE: "table", SVG: "image", IMG: "image", DL: "list", OL: "list",
    UL: "list", ARTICLE: "article", MAIN: "main", HEADER: "banner", SECTION: "region" };
  const named = new Set(["link", "button", "heading", "field", "navigation"]);
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    const role = one.getAttribute("role") || roles[one.tagName.toUpperCase()];
    const box = one.getBoundingClientRect();
    if (!role || box.width < 2 || box.height < 2 || box.top >= height || box.bottom <= 0 || !one.checkVisibility()) continue;
    const label = one.getAttribute("aria-label") || (one.labels && one.labels[0] && one.labels[0].textContent) || one.textContent;
    const name = named.has(role) && role !== "navigation" ? label.trim().replace(/\\s+/g, " ").slice(0, 60) : one.getAttribute("aria-label") || "";
    found.push([role, name, ...[box.left, box.top, box.width, box.height].map(Math.round)]);
  }
  return found;
}"""
COUNTED = re.compile(r"(?<=^Demandes )\d+(?= sans personne)|(?<=^Conversations )\d+(?= à répondre)")
"""How many wait, in the menu: it is refreshed while a page is looked at. Every other figure is compared."""

NEAR = 10
"""Pixels: fonts differ by less between two machines that have the same ones."""


def boxes(page, height):
    """The elements in sight on the first `height` pixels."""
    return page.evaluate(READ, height)


def kept(file):
    """As they were when the picture was taken."""
    return json.loads(file.read_text(encoding="utf-8"))


def keep(file, found):
    """One element a line, so that a diff is read."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in found)
    file.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def differences(before, now):
    """What is not where the picture shows it: elements that came, went, or moved; empty where the picture is true."""
    was, names = ([[role, COUNTED.sub("0", name)] for role, name, *_ in shown] for shown in (before, now))
    if was != names:
        gone = [f"gone: {role} {name}" for role, name in was if [role, name] not in names]
        new = [f"new: {role} {name}" for role, name in names if [role, name] not in was]
        return gone + new or ["the order changed"]
    return [
        f"moved: {one[0]} {one[1]} {one[2:]} -> {other[2:]}"
        for one, other in zip(before, now, strict=True)
        if any(abs(a - b) > NEAR for a, b in zip(one[2:], other[2:], strict=True))
    ]


def compared(page, base, height, *, write):
    """The differences with the picture `base`.png, by its name; with `write`, the picture is taken again instead."""
    now, file = boxes(page, height), base.with_suffix(".json")
    if write:
        base.parent.mkdir(exist_ok=True)
        keep(file, now)
        width = page.viewport_size["width"]
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        page.screenshot(path=base.with_suffix(".png"), clip=clip, full_page=True)
        return {}
    found = differences(kept(file), now)
    return {base.name: found} if found else {}
