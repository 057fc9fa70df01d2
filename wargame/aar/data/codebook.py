"""The codebook: every table and column, every kind of event, every verb. Made from the schema in code.

Owns the words around it; docs/data.md is this text (`manage.py data_reference`), and every export carries it.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from wargame.aar.data.columns import Table
from wargame.aar.data.rows.frame import FEED
from wargame.aar.data.tables import SEAT_TABLES, TABLES
from wargame.aar.data.teams import FILES
from wargame.aar.data.terms import WITHHELD
from wargame.aar.data.xapi import HOME, VERBS
from wargame.game.events import REGISTRY

TYPES = {
    "int": "whole number (Parquet int64)", "float": "number (double)", "bool": "true or false (boolean)",
    "text": "text in UTF-8 (string)", "list": "list of texts (list<string>; in CSV a JSON array)",
    "json": "value of no fixed shape, as JSON (string)",
}  # fmt: skip


def codebook(more: Mapping[str, Table] = {}) -> str:
    """Return the whole codebook in Markdown. `more`: tables an export of many games has besides."""
    return "\n".join([*_front(), *_tables(more), *_events(), *_verbs()]) + "\n"


def schema(more: Mapping[str, Table] = {}) -> bytes:
    """Return the tables as JSON: for programs that read an export."""
    told = {
        name: {
            "words": table.words, "key": list(table.key), "seat": name in SEAT_TABLES,
            "columns": [{"name": c.name, "type": c.type, "unit": c.unit, "words": c.words} for c in table.columns],
        }
        for name, table in {**more, **TABLES, "feed": FEED}.items()
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _front() -> Iterator[str]:
    yield FRONT.strip().format(withheld=WITHHELD, home=HOME)
    yield ""
    yield "| file | what a line is | tables |"
    yield "|---|---|---|"
    for name, (words, parts) in FILES.items():
        yield f"| `teams/<seat>/{name}.jsonl` | {words} | {', '.join(parts)} |"
    yield ""


def _tables(more: Mapping[str, Table]) -> Iterator[str]:
    yield "## Tables"
    yield ""
    yield from (f"- **{name}**: {words}." for name, words in TYPES.items())
    yield ""
    yield (
        "A column in **bold** names the row. Tables marked *seat* are also in the export of one seat, made from that"
        " seat's own rows; what the seat was not shown is empty there, and `seq` is the number of the row in `feed`."
    )
    yield ""
    for name, table in {**more, **TABLES, "feed": FEED}.items():
        yield from _table(name, table)


def _table(name: str, table: Table) -> Iterator[str]:
    yield f"### {name}{' *(seat)*' if name in SEAT_TABLES else ''}"
    yield ""
    yield table.words
    yield ""
    yield "| column | type | unit | what it is |"
    yield "|---|---|---|---|"
    for column in table.columns:
        shown = f"**{column.name}**" if column.name in table.key else column.name
        yield f"| {shown} | {column.type} | {column.unit} | {column.words} |"
    yield ""


def _events() -> Iterator[str]:
    yield "## Events"
    yield ""
    yield "`kind` and `payload` of the table `events` and of `events.jsonl`; v is the version of the payload's shape."
    yield ""
    yield "| kind | v | what happened | payload |"
    yield "|---|---|---|---|"
    for kind, (version, shape) in sorted(REGISTRY.items()):
        words = " ".join((shape.__doc__ or "").split()).partition(". ")[0].rstrip(".").replace("|", "\\|")
        yield f"| `{kind}` | {version} | {words}. | {_names(msgspec.structs.fields(shape))} |"
    yield ""


def _names(fields: Iterable[msgspec.structs.FieldInfo]) -> str:
    return ", ".join(f"`{field.encode_name}`" for field in fields) or "nothing"


def _verbs() -> Iterator[str]:
    yield "## xAPI"
    yield ""
    yield XAPI.strip().format(home=HOME)
    yield ""
    yield "| table | verb | a person | object | response |"
    yield "|---|---|---|---|---|"
    for name, (verb, did) in VERBS.items():
        yield f"| {name} | `{verb.iri}` | {did} | {verb.type} (`{verb.object}`) | {verb.words or 'none'} |"


def readme(about: Mapping[str, object]) -> str:
    """Return what a reader of an export should know first."""
    lines = [f"- {name.replace('_', ' ')}: {value}" for name, value in about.items()]
    return "\n".join([README.strip(), "", *lines, ""])


README = """
An export of a crisis game. `codebook.md` says what every table, column, event and verb is; `schema.json` says the same
for programs; `manifest.json` holds what was asked for, the number of rows of every table, and the SHA-256 of every
file.
"""
FRONT = """
# Data of a game

This page is written by `manage.py data_reference` from the schema in code, and every export carries it as
`codebook.md`. Change the schema (`wargame/aar/data/`), not the page.

## What an export is

One zip, made from the log of a game and nothing else: the same game gives the same bytes. It is asked for on the page
*Report and data* of the review, as a job `export` with these parameters, or for a whole exercise at once.

| parameter | choices |
|---|---|
| `format` | `jsonl` (events and a log a team), `csv` and `parquet` (tables), `xapi` (statements) |
| `as` | `truth`: everything; a seat: what that seat was shown, from its own rows alone |
| `consent` | true: what people wrote and did stands in it as far as each of them allows; players can ask for no other |
| `anonymised` | true: nobody is named and no date is told |

Everywhere: `README.md`, `codebook.md`, `schema.json`, `manifest.json`. Beside them, by format, `events.jsonl` (of a
seat `feed.jsonl`) and `teams/`, `tables/<name>.csv`, `tables/<name>.parquet`, or `statements.json`. While a game runs
its seed is not in it, nor what a second umpire has sealed.

`report-from-an-export.ipynb` beside this page reads an export and draws two charts of the report from it.

## Consent

Everybody in a game says for themselves what may stand in an export, at any time, also after the end (Regulation (EU)
2016/679, Art. 7(3): as easy to withdraw as to give; 45 CFR 46.116(b)(8)). Facilitators can only record that somebody
allows less. In a game that goes on from another one, the least counts that somebody said in either.

- **words**: what one wrote and what one did.
- **figures**, and whoever was never asked: what one did. In the place of every text stands `{withheld}`.
- **nothing**: the person is in no table, and nothing that is theirs alone: messages, what they opened, journals, notes,
  answers. What the outcome of the game rests on (orders, texts, agreements) stays as their seat's, without them and
  without their words.

Words are looked for wherever they were repeated (a leak, a title in a sentence of an outcome). A paper is free only
where everybody who had a hand in it allows words, whoever releases it. Shared drafts are kept by machines in a form no
filter reads (`pad.edited`, `pad.shared`): they are left empty unless `consent` is false. What bots said is always
there.

What no filter finds: words of one person that another copied into a longer text of their own, or told in other words;
and the name of somebody who allows nothing where others wrote it in theirs. Both stand there as far as the one who
wrote them allows; names go out of texts only in an anonymised export.

## For players

Once the whole report was shared, players may ask for `truth` too. They are handed what the report tells of and what
everybody saw, not Control's own papers: notes, the master list, what it said to one seat, ratings of a second umpire,
rights, extra time of a person, answers of a debrief that were not shown to all, and what others allow. Tables made
from these alone are empty for them, and numbers of events have gaps.

## Without names

People become `person-01` and so on in the order in which they came in; the game becomes a number, its title is left
out, and every moment is told in milliseconds since the game was created. In every text, whole names, parts of names
of three letters (two in scripts without capitals) and ids of people become `[person 1]`; mail addresses and links
become `[address]`. Names are compared without case, accents, marks and invisible signs, whatever stands between their
parts (`jose_nunez` is José Núñez); what is no name stays as it was written. Names written in one piece in
Hangul or Han are also looked for without their first sign and without their first two, inside longer words too, where
particles follow them. Names of seats and teams are left as they are. Names two people share become `[person]`. The
seed of the dice, its hash and the hashes of the log are left out: each tells which game it was. The method finds names
people gave when they came in, and those put right later. It finds no nicknames, no other spelling (Mueller for
Müller) and nothing that tells who somebody is by what they say: read what you publish. A word that is also
somebody's name ("Will", "May") goes too.

## Comparable logs

`events` is an event log as process mining reads it (IEEE 1849, XES): a case (`game`), an activity (`kind`), a moment
(`at_ms`), a resource (`person`, `seat`). The folder of each team in `jsonl` has the files of the log format of the
INJECT Exercise Platform (Masaryk University), so that logs of exercises can be read side by side; what a line holds is
ours, by the tables below, and its first field names the table:
"""
XAPI = """
Statements of the shape of xAPI 1.0.3 (its part two, 2.2 to 2.4), which IEEE 9274.1.1-2023 (xAPI 2.0) reads too: `id`
(derived from game, table and event: sent twice they are one),
`actor` (an account: a person, or the seat where nobody in
particular acted),
`verb`, `object`, `timestamp`, `context` (registration: one a game; extensions: turn, seat and event),
and, where somebody wrote something, `result.response`. `{home}` stands for the server; replace it before sending them
to a store. In an anonymised export time begins on 1 January 1970.
"""
