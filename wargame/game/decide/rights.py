"""Which right of a facilitator each command of Control needs: one line a command, checked before its decider is asked.

Owns the table and the check; who may hand rights out is `people`'s matter. A facilitator without named rights
has all of them: so it is in the games recorded before rights were scoped, and for the one who sets a game up.
"""

from typing import get_args

from wargame.game import commands as c
from wargame.game.events import Actor, Right
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Person, State

RIGHT_OF: dict[type[c.Command], Right | None] = {
    # clock
    c.GameStart: "clock",
    c.GamePause: "clock",
    c.GameResume: "clock",
    c.ClockExtend: "clock",
    c.SeatExtend: "clock",
    c.PersonExtend: "clock",
    c.PhaseSet: "clock",
    c.QuietSet: "clock",
    c.RemindersSet: "clock",
    c.PhaseEnd: "clock",
    c.GameEnd: "clock",
    c.GameRewind: "clock",
    c.GameBranch: "clock",
    c.ScreensLock: "clock",
    c.DebriefOpen: "clock",
    c.DebriefStep: "clock",
    c.DebriefLift: "clock",
    c.DebriefPose: "clock",
    c.DebriefReveal: "clock",
    c.DebriefClose: "clock",
    # inject
    c.InjectSend: "inject",
    c.InjectSkip: "inject",
    c.InjectWrite: "inject",
    c.InjectApprove: "inject",
    c.InjectRemove: "inject",
    c.InjectHold: "inject",
    c.InjectRestore: "inject",
    c.InjectRetime: "inject",
    c.InjectUndo: "inject",
    c.InjectMark: "inject",
    c.LineDelay: "inject",
    c.LineIntercept: "inject",
    c.MessageLeak: "inject",
    # adjudicate
    c.RulingAccept: "adjudicate",
    c.RulingReplace: "adjudicate",
    c.RulingEdit: "adjudicate",
    c.RulingReversal: "adjudicate",
    c.RulingEvent: "adjudicate",
    c.RulingDrop: "adjudicate",
    c.RulingFidelity: "adjudicate",
    c.RulingSet: "adjudicate",
    c.RulingRow: "adjudicate",
    c.RulingEffects: "adjudicate",
    c.RulingAnnotate: "adjudicate",
    c.RulingTake: "adjudicate",
    c.RulingReview: "adjudicate",
    c.FreeMoveEstimate: "adjudicate",
    c.FreeMoveCirculate: "adjudicate",
    c.FreeMoveAsk: "adjudicate",
    c.FreeMoveFrame: "adjudicate",
    c.FreeMoveAdmit: "adjudicate",
    c.FreeMoveRefuse: "adjudicate",
    c.ArgumentGrant: "adjudicate",
    c.AppealAnswer: "adjudicate",
    c.OfferRelease: "adjudicate",
    c.OfferReturn: "adjudicate",
    c.AssessRate: "adjudicate",
    c.AssessPlan: "adjudicate",
    c.AssessDrop: "adjudicate",
    # people
    c.SeatAssign: "people",
    c.SeatBot: "people",
    c.UmpireAppoint: "people",
    c.PersonRemove: "people",
    c.PeopleInvite: "people",
    c.PersonReadmit: "people",
    c.PersonRelink: "people",
    c.PersonRename: "people",
    c.RightsSet: "people",
    c.ConsentNarrow: "people",
    c.LobbySet: "people",
    c.SeatsAssign: "people",
    c.SeatHandOver: "people",
    c.PenGive: "people",
    # speak
    c.MessagePost: "speak",
    c.PersonaSpeak: "speak",
    c.SeatNudge: "speak",
    c.MessagePin: "speak",
    c.ConferenceOpen: "speak",
    c.ConferenceRecess: "speak",
    c.ConferenceClose: "speak",
    c.ConferenceAgenda: "speak",
    c.ConferencePoint: "speak",
    c.ConferenceChair: "speak",
    c.TaskingAsk: "speak",
    c.TaskingTake: "speak",
    c.TaskingAnswer: "speak",
    c.TaskingDecline: "speak",
    c.TaskingExtend: "speak",
    c.TaskingWithdraw: "speak",
    # every facilitator, whatever the rights
    c.CheckpointMake: None,
    c.NotePin: None,
}
"""Every command Control may give (its gate says `control` or `anyone`) and the right it takes. None: no special one."""

ALL_RIGHTS: tuple[Right, ...] = tuple(right for right in get_args(Right) if right != "observe")
"""What a facilitator can be trusted with. `observe` is the name of having none of it."""


def rights_of(person: Person) -> frozenset[Right]:
    """Return what a facilitator may do; nothing for everybody else."""
    if person.role != "control":
        return frozenset()
    return frozenset(person.rights or ALL_RIGHTS) - {"observe"}


def check_right(state: State, actor: Actor, command: type[c.Command]) -> Rejected | None:
    """Refuse a facilitator whose rights do not cover a command; everybody else is the gate's matter."""
    person = state.people.get(actor.person)
    if actor.kind == "system" or actor.kind == "seat_bot" or person is None or person.role != "control":
        return None
    right = RIGHT_OF.get(command)
    if right is None or right in rights_of(person):
        return None
    return reject("who.no_right", right=right, who=tuple(_holders(state, right)))


def _holders(state: State, right: Right) -> list[str]:
    return [one.display for one in state.people.values() if not one.removed and right in rights_of(one)]
