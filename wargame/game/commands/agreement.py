"""Commands about what was signed: what to do about a clause that is due, and about a text in force."""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Reason

ObligationId = Annotated[str, Meta(min_length=3, max_length=130, pattern=r"^[A-Za-z0-9._:@-]+$")]
Choice = Literal["keep", "delay", "withhold"]


class ObligationChoose(Cmd, frozen=True, kw_only=True, tag="obligation.choose"):
    """Choose what becomes of a clause your side owes this turn. Sealed with the orders; unsaid it is kept.

    `delay` is open and costs some trust; `withhold` is hidden and costs much if it is seen.
    """

    obligation: ObligationId
    choice: Choice


class AgreementSuspend(Cmd, frozen=True, kw_only=True, tag="agreement.suspend"):
    """Suspend a clause your side owes, or, without `clause`, all it owes under the text. What rests on it follows."""

    agreement: Id
    clause: Annotated[str, Meta(max_length=64)] = ""
    reason: Reason


class AgreementWithdraw(Cmd, frozen=True, kw_only=True, tag="agreement.withdraw"):
    """Give notice: so many turns from now the text ends and the other parties are free."""

    agreement: Id
    notice: Annotated[int, Meta(ge=0, le=12)]
    reason: Reason


class AgreementReaffirm(Cmd, frozen=True, kw_only=True, tag="agreement.reaffirm"):
    """Take up again what your side suspended, or take back its notice."""

    agreement: Id
    clause: Annotated[str, Meta(max_length=64)] = ""
