"""The report as one HTML file: faces and drawings inside, no script, nothing fetched from anywhere.

Every text is escaped here and nowhere else. The file carries a policy of its own that forbids scripts, frames, forms
and every request, so that it stays harmless wherever it is opened. It prints well, too.
"""

import base64
from functools import cache
from html import escape
from typing import assert_never

from wargame.aar.documents.model import (
    Block,
    Chart,
    Columns,
    Document,
    Facts,
    Figure,
    Findings,
    Heading,
    Points,
    Record,
    Table,
    Text,
)  # fmt: skip
from wargame.aar.documents.typesetting import FACES, HERE

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
)
WEB_FACES = (
    ("IBM Plex Sans", "plex-sans.woff2", "100 700"), ("IBM Plex Mono", "plex-mono.woff2", "400"),
    ("Newsreader", "newsreader.woff2", "200 800"),
)  # fmt: skip


def render(document: Document) -> bytes:
    """Return the document as one HTML file."""
    parts = [_anchored(block, at) for at, block in enumerate(document.body)]
    contents = "".join(
        f'<li><a href="#p{at}">{escape(block.text)}</a></li>'
        for at, block in enumerate(document.body)
        if isinstance(block, Heading) and block.level == 1
    )
    nav = f'<nav aria-label="Contents"><h2>Contents</h2><ol>{contents}</ol></nav>' if document.contents else ""
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(document.title)}</title>
<style>{_style()}</style>
</head>
<body>
<header class="run"><span>{escape(document.running[0])}</span><span>{escape(document.running[1])}</span></header>
<main>
<h1>{escape(document.title)}</h1>
<p class="deck">{escape(document.deck)}</p>
{"".join(_block(block) for block in document.summary)}
{nav}
{"".join(parts)}
</main>
<footer class="foot"><span>{escape(document.foot[0])}</span><span>{escape(document.foot[1])}</span></footer>
</body>
</html>
"""
    return page.encode()


@cache
def _style() -> str:
    """Return the style sheet with the faces in it."""
    faces = "".join(
        f"@font-face{{font-family:'{name}';font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff2;base64,{base64.b64encode((FACES / 'web' / file).read_bytes()).decode()}) "
        "format('woff2')}"
        for name, file, weight in WEB_FACES
    )
    return faces + (HERE / "report.css").read_text()


def _anchored(block: Block, at: int) -> str:
    if isinstance(block, Heading) and block.level == 1:
        return f'<h2 id="p{at}" class="part">{escape(block.text)}</h2>'
    return _block(block)


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Text():
            tag = "blockquote" if block.style == "quote" else "p"
            return f'<{tag} class="{block.style}">{_lines(block.text)}</{tag}>'
        case Facts():
            items = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in block.items)
            return f'<dl class="facts">{items}</dl>'
        case Findings():
            items = "".join(
                f"<li><b>{escape(one.lead)}</b> {escape(one.text)}"
                + (f' <span class="ref">({escape(one.refs)})</span>' if one.refs else "")
                + "</li>"
                for one in block.items
            )
            return f'<ol class="findings">{items}</ol>'
        case Points():
            return f'<ul class="points">{"".join(f"<li>{_lines(item)}</li>" for item in block.items)}</ul>'
        case Record():
            return "".join(
                f'<div class="entry"><p class="note">{escape(one.head)} <span class="ref">{escape(one.refs)}</span></p>'
                f"<p>{_lines(one.text)}</p></div>"
                for one in block.entries
            )
        case Figure():
            return _figure(block.chart)
        case Table():
            return _table(block)
        case Columns():
            left, right = ("".join(map(_block, side)) for side in (block.left, block.right))
            return f'<div class="two"><div>{left}</div><div>{right}</div></div>'
        case _:
            assert_never(block)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _figure(chart: Chart) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in chart.heads)
    rows = "".join(f"<tr>{''.join(_value(cell) for cell in row)}</tr>" for row in chart.rows)
    return (
        f"<figure><figcaption><h4>{escape(chart.title)}</h4><p>{escape(chart.subtitle)}</p></figcaption>"
        f'<div class="drawing">{chart.svg}</div><p class="source">Source: {escape(chart.source)}</p>'
        f'<details><summary>Show as table</summary><div class="wide" tabindex="0" role="region" '
        f'aria-label="Table: {escape(chart.title)}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div></details></figure>"
    )


def _value(cell: str | float | None) -> str:
    if isinstance(cell, int | float):
        return f'<td class="number">{escape(str(cell))}</td>'
    return f"<td>{escape(cell or '')}</td>"


def _table(block: Table) -> str:
    headed = any(column.head for column in block.columns)
    heads = "".join(f'<th scope="col" class="{c.kind}">{escape(c.head)}</th>' for c in block.columns)
    widths = sum(column.width for column in block.columns)
    cols = "".join(f'<col style="width:{100 * column.width / widths:.2f}%">' for column in block.columns)
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = f"<thead><tr>{heads}</tr></thead>" if headed else ""
    rows = "".join(f"<tr>{''.join(_cell(block, at, words) for at, words in enumerate(row))}</tr>" for row in block.rows)
    note = f'<p class="note">{escape(block.note)}</p>' if block.note else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(block.caption or "Table")}"><table>{caption}'
        f"<colgroup>{cols}</colgroup>{head}<tbody>{rows}</tbody></table></div>{note}"
    )


def _cell(block: Table, at: int, words: str) -> str:
    kind = block.columns[at].kind
    if kind == "rating":
        said = (
            f'<span class="rate">{escape(words)}</span>'
            if words
            else '<span class="none" title="not rated">\u2013</span>'
        )
        return f'<td class="rating">{said}</td>'
    tag = "th" if kind == "strong" and at == 0 else "td"
    scope = ' scope="row"' if tag == "th" else ""
    return f'<{tag}{scope} class="{kind}">{escape(words)}</{tag}>'
