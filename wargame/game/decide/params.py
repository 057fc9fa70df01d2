"""Check the parameters of an order against what its move declares. Every refusal names what is allowed."""

from adjudication.scenario.schema import Move, Param
from wargame.game.events import Params
from wargame.game.rejections import Rejected, reject


def full_params(move: Move, given: Params) -> Params:
    """Return the parameters with the move's defaults for those left out."""
    defaults: Params = {p.id: p.default for p in move.params if p.default is not None}
    return dict(sorted({**defaults, **given}.items()))


def check_params(move: Move, params: Params) -> Rejected | None:
    """Refuse an unknown, a missing and an impossible parameter."""
    declared = {p.id: p for p in move.params}
    for name in params:
        if name not in declared:
            return reject("param.unknown", param=name, allowed=tuple(declared) or ("nothing",))
    for name, param in declared.items():
        if name not in params:
            return reject("param.missing", param=param.label)
        if not _fits(param, params[name]):
            return reject("param.invalid", param=param.label, allowed=_allowed(param))
    return None


def _fits(param: Param, value: str | float | bool) -> bool:
    match param.kind:
        case "bool":
            return isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in param.choices
        case "int":
            if isinstance(value, bool) or not isinstance(value, int):
                return False
            return (param.low is None or value >= param.low) and (param.high is None or value <= param.high)


def _allowed(param: Param) -> tuple[str, ...]:
    match param.kind:
        case "bool":
            return ("yes", "no")
        case "choice":
            return param.choices
        case "int":
            return (f"{param.low} to {param.high}",)
