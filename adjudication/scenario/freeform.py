"""What a case allows beyond its catalogue: the limits of moves that players invent and Control frames (section 2.4)."""

import msgspec


class FreeMoves(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The custom-move tool: which variables a free move may touch and how far. A case without it takes none.

    `cost` is what a proposal takes of a sheet's budget of orders, `per_turn` how many a seat may have open in a turn.
    `limit` bounds the size of one effect in the variable's unit, `signal_limit` a signal of trust or resolve in
    log-odds; `effects` and `costs` how many effects success and failure may have.
    """

    rule: str
    variables: tuple[str, ...]
    cost: int = 1
    per_turn: int = 2
    limit: float = 12.0
    signal_limit: float = 0.5
    effects: int = 4
    costs: int = 2
