"""Taking people's names out of words.

Owns the method, which docs/data.md tells its readers: ids become `person-01` and so on in the order people came in;
whole names and their parts become `[person 1]` wherever they stand, whatever their case, accents and separators; mail
addresses and links go too. What somebody is called by a nickname, or can be told by what they say, no machine finds:
read before publishing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from unicodedata import category, name, normalize

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+")
_BETWEEN = re.compile(r"[\W_]+")
_CLUSTER = re.compile(r"[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*|.", re.DOTALL)
"""What is folded as one: a syllable written in letters of its own (Hangul), or any one sign."""
_PLAIN = str.maketrans({
    "\u0131": "i", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00e6": "ae",
    "\u0153": "oe", "\u2018": "'", "\u2019": "'",
})  # fmt: skip
"""Letters that no decomposition takes apart, as they are written without their stroke."""
LETTER = r"[^\W_]"
LEAST_LATIN, LEAST_OTHER = 3, 2
"""Letters a part of a name has at least to be looked for: of scripts with cases, and of those without."""
FAMILY = (1, 2)
"""Signs a family name takes at the head of a name written in one piece (Hangul, Han)."""


class Names:
    """Who is called what, and what they are called outside. `people`: id -> every name they ever had, in order."""

    def __init__(self, people: Mapping[str, Iterable[str]], *, keep: Iterable[str] = ()) -> None:
        """Number people in their order. `keep`: words that are nobody's name here, such as those of seats."""
        digits = max(2, len(str(len(people))))
        self.id_of = {person: f"person-{number:0{digits}d}" for number, person in enumerate(people, start=1)}
        self.called = {person: f"Person {number}" for number, person in enumerate(people, start=1)}
        kept = {_key(word) for word in keep}
        self._plain = {person: called for person, called in self.id_of.items() if _key(person) not in kept}
        self._by_id = {_fold(person): called for person, called in self._plain.items()}
        self._mark: dict[str, str] = {}
        for number, names in enumerate(people.values(), start=1):
            for one in names:
                self._look_for(one, f"[person {number}]", kept)
        finders = {one: _finder(one) for one in self._mark} | {one: _exact(one) for one in self._by_id}
        self._found = re.compile("|".join(finders[one] for one in _longest(finders)) or r"(?!)")
        ids = "|".join(map(re.escape, _longest(self._plain)))
        self._ids = re.compile(rf"(?<![\w-])(?:{ids})(?![\w-])" if ids else r"(?!)")

    def _look_for(self, whole: str, mark: str, kept: set[str]) -> None:
        for one in _forms(_key(whole)):
            if one and one not in kept:
                known = self._mark.setdefault(one, mark)
                if known != mark:  # two people share it
                    self._mark[one] = "[person]"

    def scrub(self, words: str) -> str:
        """Return words without names, ids and addresses of people; the rest stays as it was written."""
        plain = _ADDRESS.sub("[address]", words)
        folded, spans = (plain.lower(), None) if plain.isascii() else _folded(plain)
        told, upto = [], 0
        for hit in self._found.finditer(folded):
            start, end = hit.span() if spans is None else (spans[hit.start()][0], spans[hit.end() - 1][1])
            told += [plain[upto:start], self._by_id.get(hit.group()) or self._mark.get(_key(hit.group()), "[person]")]
            upto = end
        return "".join([*told, plain[upto:]])

    def sign(self, value: str) -> str:
        """Return a sign with the ids of people in it replaced; an id that is a common word is none there."""
        if value in self._plain:
            return self._plain[value]
        return self._ids.sub(lambda hit: self._plain[hit.group(0)], value)

    def name(self, value: str) -> str:
        """Return what somebody called like this is called outside; words that are nobody's name are scrubbed."""
        mark = self._mark.get(_key(value), "")
        return mark.strip("[]").capitalize() if mark else self.scrub(value)


# --- folding --------------------------------------------------------------------------------------
def _folded(words: str) -> tuple[str, list[tuple[int, int]]]:
    """Return words as names are compared, and from where to where in `words` each of their letters was written.

    Compatibility forms are decomposed, marks and invisible signs left out, cases folded.
    """
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(words):
        plain = _fold(cluster.group())
        if not plain and spans:  # a mark goes with the letter it stands on
            spans[-1] = (spans[-1][0], cluster.end())
        letters.append(plain)
        spans += [cluster.span()] * len(plain)
    return "".join(letters), spans


@cache
def _of_one(sign: str) -> str:
    kept = [one for one in normalize("NFKD", sign) if category(one)[0] != "M" and category(one) != "Cf"]
    return normalize("NFC", "".join(kept)).casefold().translate(_PLAIN)


def _fold(words: str) -> str:
    return "".join(_of_one(one) for one in _CLUSTER.findall(words))


def _key(whole: str) -> str:
    """Return a name as it is compared: folded, with one space between its parts."""
    plain = _fold(whole)
    return _BETWEEN.sub(" ", plain).strip() or plain.strip()


# --- what is looked for ---------------------------------------------------------------------------
def _forms(whole: str) -> Iterator[str]:
    """Yield a name and its parts; of one written in one piece also what stands behind the family name."""
    parts = whole.split()
    yield from (whole, *(part for part in parts if len(part) >= _least(part)))
    for part in parts:
        if all(name(one, "").startswith(("HANGUL", "CJK")) for one in part):
            for family in FAMILY:
                given = part[family:]
                if given:
                    yield f"{part[:family]} {given}"
                if len(given) >= LEAST_OTHER:
                    yield given


def _least(part: str) -> int:
    return LEAST_LATIN if part.upper() != part.lower() else LEAST_OTHER


def _finder(key: str) -> str:
    """Return what finds a name: as words, whatever stands between its parts; anywhere in scripts without cases.

    Those put no space between words, and write particles at the end of a name.
    """
    anywhere = key.upper() == key.lower()
    found = r"[\W_]+".join(map(re.escape, key.split()))
    return found if anywhere else rf"(?<!{LETTER}){found}(?!{LETTER})"


def _exact(one: str) -> str:
    return rf"(?<!{LETTER}){re.escape(one)}(?!{LETTER})"


def _longest(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda one: (-len(one), one))
