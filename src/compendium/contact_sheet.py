"""build/contact-sheet.html: every figure in both languages, in colour and in grey, to be looked at before it counts as done."""

import html
import json

from PIL import Image

from compendium import paths

HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<style>body { font-family: sans-serif } img { width: 24%; border: 1px solid #ccc }</style>
<h1>Every figure, in both languages, in colour and in grey</h1>
"""


def write() -> str:
    """Write the sheet for the default scenario; return its path, from the project's top folder."""
    folder = paths.results("default") / "figures"
    grey_folder = paths.BUILD / "contact-sheet"
    grey_folder.mkdir(parents=True, exist_ok=True)
    parts = [HEAD]
    for trace in sorted(folder.glob("*.trace.json")):
        content = json.loads(trace.read_text(encoding="utf-8"))
        parts.append(f"<h2>{html.escape(content['name'])}</h2>")
        for language, alt in content["alt"].items():
            picture = folder / f"{content['name']}.{language}.png"
            grey = grey_folder / picture.name
            with Image.open(picture) as image:
                image.convert("L").save(grey)
            text = html.escape(alt, quote=True)
            parts += [
                f'<img src="../{paths.relative(picture)}" alt="{text}">',
                f'<img src="contact-sheet/{grey.name}" alt="{text}">',
            ]
    sheet = paths.BUILD / "contact-sheet.html"
    sheet.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return paths.relative(sheet)
