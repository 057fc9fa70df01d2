"""Closed scalar forms: the numbers a scenario may compute.

Constant, variable, linear form, hinge, piecewise-linear table, logistic, exponential, product, quotient, least and
greatest cover every formula of the model. All of them work elementwise over a batch axis of shape (B,).
"""

from collections.abc import Callable
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class _Form(msgspec.Struct, frozen=True, tag=True):
    """Base of all scalar forms."""


class Const(_Form, frozen=True, tag="const"):
    """A number."""

    value: float


class Var(_Form, frozen=True, tag="var"):
    """The value of a name."""

    name: str


class Lin(_Form, frozen=True, tag="lin"):
    """A constant and weighted terms, clipped if bounds are given."""

    const: float
    terms: tuple[tuple[float, "Scalar"], ...]
    low: float | None = None
    high: float | None = None


class Relu(_Form, frozen=True, tag="relu"):
    """slope * max(0, name - threshold); a negative slope makes a falling hinge."""

    name: str
    threshold: float
    slope: float


class Table(_Form, frozen=True, tag="table"):
    """Piecewise-linear through the points; flat beyond them."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


class Logistic(_Form, frozen=True, tag="logistic"):
    """1 / (1 + exp(-of))."""

    of: "Scalar"


class Exp(_Form, frozen=True, tag="exp"):
    """exp(of)."""

    of: "Scalar"


class Mul(_Form, frozen=True, tag="mul"):
    """A product."""

    factors: tuple["Scalar", ...]


class Ratio(_Form, frozen=True, tag="ratio"):
    """of / by where `by` is above nought, else `otherwise`."""

    of: "Scalar"
    by: "Scalar"
    otherwise: float = 0.0


class Least(_Form, frozen=True, tag="min"):
    """The least of some."""

    items: tuple["Scalar", ...]


class Greatest(_Form, frozen=True, tag="max"):
    """The greatest of some."""

    items: tuple["Scalar", ...]


Scalar = Const | Var | Lin | Relu | Table | Logistic | Exp | Mul | Ratio | Least | Greatest


class Reader(Protocol):
    """What scalars ask of the world."""

    def read(self, name: str) -> Floats | str:
        """Return a value, (B,), or a word."""


def _number(reader: Reader, name: str) -> Floats:
    value = reader.read(name)
    return np.float64(0.0) if isinstance(value, str) else value  # type: ignore[return-value]


def evaluate(scalar: Scalar, reader: Reader) -> Floats:
    """Evaluate to an array of shape (B,) or one that broadcasts to it."""
    match scalar:
        case Const(value):
            return np.float64(value)  # type: ignore[return-value]
        case Var(name):
            return _number(reader, name)
        case Lin(const, terms, low, high):
            total = np.float64(const)
            for weight, term in terms:
                total = total + weight * evaluate(term, reader)  # type: ignore[assignment]
            if low is not None:
                total = np.maximum(total, low)
            if high is not None:
                total = np.minimum(total, high)
            return total  # type: ignore[return-value]
        case Relu(name, threshold, slope):
            return slope * np.maximum(0.0, _number(reader, name) - threshold)
        case Table(name, xs, ys):
            return np.interp(_number(reader, name), xs, ys)
        case Logistic(of):
            return 1.0 / (1.0 + np.exp(-evaluate(of, reader)))
        case Exp(of):
            return np.exp(evaluate(of, reader))
        case Mul(factors):
            product = np.float64(1.0)
            for factor in factors:
                product = product * evaluate(factor, reader)  # type: ignore[assignment]
            return product  # type: ignore[return-value]
        case Ratio(of, by, otherwise):
            top, bottom = np.broadcast_arrays(evaluate(of, reader), evaluate(by, reader))
            quotient: Floats = np.divide(top, bottom, out=np.full(top.shape, otherwise), where=bottom > 0)
            return quotient
        case Least(items):
            return _folded(np.minimum, items, reader)
        case Greatest(items):
            return _folded(np.maximum, items, reader)


def _folded(take: Callable[[Floats, Floats], Floats], items: tuple[Scalar, ...], reader: Reader) -> Floats:
    found = evaluate(items[0], reader)
    for item in items[1:]:
        found = take(found, evaluate(item, reader))
    return found


def scalar_reads(scalar: Scalar) -> frozenset[str]:
    """Return the names a scalar reads."""
    match scalar:
        case Const():
            return frozenset()
        case Var(name) | Relu(name, _, _) | Table(name, _, _):
            return frozenset({name})
        case Lin(_, terms):
            return frozenset().union(*(scalar_reads(term) for _, term in terms))
        case Logistic(of) | Exp(of):
            return scalar_reads(of)
        case Mul(parts) | Least(parts) | Greatest(parts):
            return frozenset().union(*(scalar_reads(part) for part in parts))
        case Ratio(of, by, _):
            return scalar_reads(of) | scalar_reads(by)


def bounds(scalar: Scalar) -> tuple[float, float] | None:
    """Return (lowest, highest) value where the form alone tells it, else None. Used by the linter."""
    match scalar:
        case Const(value):
            return (value, value)
        case Table(_, _, ys):
            return (min(ys), max(ys))
        case Lin(_, _, low, high) if low is not None and high is not None:
            return (low, high)
        case _:
            return None
