"""Taking people's names out of words.

Owns the method, which docs/data.md tells its readers: ids become `person-01` and so on in the order people came in;
whole names and their parts become `[person 1]` wherever they stand, whatever their case; mail addresses and links go
too. What somebody is called by a nickname, or can be told by what they say, no machine finds: read before publishing.
"""

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+")
_PART = re.compile(r"[\w\u0300-\u036f]+")
LEAST_LATIN, LEAST_OTHER = 3, 2
"""Letters a part of a name has at least to be looked for: of scripts with cases, and of those without."""


class Names:
    """Who is called what, and what they are called outside. `people`: id -> every name they ever had, in order."""

    def __init__(self, people: Mapping[str, Iterable[str]], *, keep: Iterable[str] = ()) -> None:
        """Number people in their order. `keep`: words that are nobody's name here, such as those of seats."""
        digits = max(2, len(str(len(people))))
        self.id_of = {person: f"person-{number:0{digits}d}" for number, person in enumerate(people, start=1)}
        self.called = {person: f"Person {number}" for number, person in enumerate(people, start=1)}
        kept = {word.lower() for word in keep}
        self._mark: dict[str, str] = {}
        for number, (person, names) in enumerate(people.items(), start=1):
            if person.lower() not in kept:
                self._mark[person.lower()] = self.id_of[person]
            for name in names:
                self._look_for(name, f"[person {number}]", kept)
        self._found = _pattern(self._mark, r"\w", re.IGNORECASE)
        self._plain = {person: called for person, called in self.id_of.items() if person.lower() not in kept}
        self._ids = _pattern(self._plain, r"[\w-]")

    def _look_for(self, name: str, mark: str, kept: set[str]) -> None:
        for form in ("NFC", "NFD"):
            self._in_form(normalize(form, name).strip().lower(), mark, kept)

    def _in_form(self, whole: str, mark: str, kept: set[str]) -> None:
        parts = [part for part in _PART.findall(whole) if len(part) >= _least(part)]
        for one in (whole, *parts):
            if one and one not in kept:
                known = self._mark.setdefault(one, mark)
                if known != mark:  # two people share it
                    self._mark[one] = "[person]"

    def scrub(self, words: str) -> str:
        """Return words without names, ids and addresses of people."""
        plain = _ADDRESS.sub("[address]", words)
        return self._found.sub(lambda hit: self._mark.get(hit.group(0).lower(), "[person]"), plain)

    def sign(self, value: str) -> str:
        """Return a sign with the ids of people in it replaced; an id that is a common word is none there."""
        if value in self._plain:
            return self._plain[value]
        return self._ids.sub(lambda hit: self._plain[hit.group(0)], value)

    def name(self, value: str) -> str:
        """Return what somebody called like this is called outside; words that are nobody's name are scrubbed."""
        mark = self._mark.get(value.strip().lower(), "")
        return mark.strip("[]").capitalize() if mark else self.scrub(value)


def _least(part: str) -> int:
    return LEAST_LATIN if part.upper() != part.lower() else LEAST_OTHER


def _pattern(marks: Mapping[str, str], letter: str, flags: int = 0) -> re.Pattern[str]:
    """Return what finds any of these: as words, or anywhere in scripts that put no space between words.

    `letter` is what a word is made of.
    """
    finders = [
        rf"(?<!{letter}){re.escape(one)}(?!{letter})" if one.upper() != one.lower() else re.escape(one)
        for one in sorted(marks, key=lambda one: (-len(one), one))
    ]
    return re.compile("|".join(finders) or r"(?!)", flags)
