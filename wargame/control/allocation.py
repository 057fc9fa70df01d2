"""Who gets what by chance: treatments to sections, people to sections.

Keyed dice of a recorded seed: whoever has the seed can do the draw again. It writes nothing and knows no game.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from adjudication.dice import draw


def allocate(seed: str, treatments: Sequence[str], sections: int) -> tuple[str, ...]:
    """Return the treatment of each section, by permuted blocks.

    Block b holds every treatment once, in the order of the dice (seed, b, "treatment:<id>"); so the numbers of
    sections per treatment never differ by more than one, and more sections only continue the sequence. (Permuted-block
    randomisation with blocks as long as the list of treatments: ICH E9, 2.3.2.)
    """
    if not treatments:
        return ("",) * sections
    found: list[str] = []
    block = 1
    while len(found) < sections:
        found += sorted(treatments, key=lambda one: (draw(seed, block, f"treatment:{one}"), one))
        block += 1
    return tuple(found[:sections])


def deal(seed: str, people: Sequence[str], sizes: Mapping[int, int]) -> tuple[int, ...]:
    """Return the section of each person, in their order.

    The dice (seed, 0, "person:<name>") say in which order people are dealt, and each goes to the smallest section, the
    lower number first. `sizes`: how many each has already. Of two people of one name the first in the list is #0.
    """
    keys = [f"person:{person}#{people[:place].count(person)}" for place, person in enumerate(people)]
    left, dealt = dict(sizes), dict[int, int]()
    for place in sorted(range(len(people)), key=lambda at: (draw(seed, 0, keys[at]), keys[at])):
        dealt[place] = min(left, key=lambda number: (left[number], number))
        left[dealt[place]] += 1
    return tuple(dealt[place] for place in range(len(people)))


def dice_seed(seed: str, section: int, *, shared: bool) -> str:
    """Return the seed of a section's game: one for all where sections share their luck, else its own.

    Sections with the same dice differ by what people do and by treatment alone (common random numbers). A game's seed
    is published when it ends; it tells nothing of the exercise's seed, nor of a section with dice of its own.
    """
    about = "dice" if shared else f"dice:{section}"
    return blake2b(f"{seed}\n{about}".encode(), digest_size=8, person=b"trackone-section").hexdigest()
