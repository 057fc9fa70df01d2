"""Commands about papers, what statements mean and are taken to mean, and requests for information and taskings."""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Note, Reason, Text

Fields = Annotated[dict[Id, Annotated[str, Meta(max_length=4000)]], Meta(max_length=12)]
Addressees = Annotated[tuple[Id, ...], Meta(max_length=16)]
Version = Annotated[int, Meta(ge=1)]
TurnNumber = Annotated[int, Meta(ge=0, le=999)]


# --- papers -----------------------------------------------------------------------------------
class PaperDraft(Cmd, frozen=True, kw_only=True, tag="paper.draft"):
    """Begin a paper by a template of the case. Nobody but one's own seat and Control knows of it.

    `reply_to`: the paper it answers, one that one's seat has sent or received.
    """

    template: Id
    to: Addressees = ()
    fields: Fields = {}
    reply_to: Id | None = None


class PaperEdit(Cmd, frozen=True, kw_only=True, tag="paper.edit"):
    """Change fields, or the addressees, of the version one has read. Later clearances are asked for again."""

    paper: Id
    version: Version
    fields: Fields = {}
    to: Addressees | None = None


class PaperSendForClearance(Cmd, frozen=True, kw_only=True, tag="paper.send_for_clearance"):
    """Send a paper of one's own round: the first step of its chain is asked."""

    paper: Id
    version: Version


class PaperClear(Cmd, frozen=True, kw_only=True, tag="paper.clear"):
    """Clear the version one has read, as it is or with an edit (`fields`)."""

    paper: Id
    version: Version
    note: Note = ""
    fields: Fields = {}


class PaperReturn(Cmd, frozen=True, kw_only=True, tag="paper.return"):
    """Send a paper one was asked to clear back to its drafter, with the reason."""

    paper: Id
    version: Version
    reason: Reason


class PaperRelease(Cmd, frozen=True, kw_only=True, tag="paper.release"):
    """Let a cleared paper go out under its number. A public one stands on the press wall."""

    paper: Id
    version: Version


class PaperWithdraw(Cmd, frozen=True, kw_only=True, tag="paper.withdraw"):
    """Take a paper of one's own that has not gone out off the desk."""

    paper: Id


# --- what a statement means -------------------------------------------------------------------
class StatementMean(Cmd, frozen=True, kw_only=True, tag="statement.mean"):
    """Record, for one's own seat and Control, what a statement of one's own is meant to signal."""

    paper: Id
    text: Text


class StatementRead(Cmd, frozen=True, kw_only=True, tag="statement.read"):
    """Record, for one's own seat and Control, what one took a public statement of another seat to mean."""

    paper: Id
    text: Text


# --- requests for information, taskings -------------------------------------------------------
class TaskingAsk(Cmd, frozen=True, kw_only=True, tag="tasking.ask"):
    """Ask a seat or Control for information (`rfi`), or set a seat that answers to one's own a task (`tasking`).

    `due`: the turn by whose end the answer is wanted.
    """

    kind: Literal["rfi", "tasking"]
    to: Id
    text: Text
    due: TurnNumber


class TaskingTake(Cmd, frozen=True, kw_only=True, tag="tasking.take"):
    """Say that one is at it."""

    tasking: Id


class TaskingAnswer(Cmd, frozen=True, kw_only=True, tag="tasking.answer"):
    """Answer what one was asked; it is closed with it."""

    tasking: Id
    text: Text


class TaskingDecline(Cmd, frozen=True, kw_only=True, tag="tasking.decline"):
    """Decline what one was asked, with the reason; it is closed with it."""

    tasking: Id
    reason: Reason


class TaskingExtend(Cmd, frozen=True, kw_only=True, tag="tasking.extend"):
    """Give more time for what one has asked."""

    tasking: Id
    due: TurnNumber


class TaskingWithdraw(Cmd, frozen=True, kw_only=True, tag="tasking.withdraw"):
    """Call off what one has asked."""

    tasking: Id
