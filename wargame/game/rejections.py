"""Every reason a command can be refused for: a stable code and a sentence that says what to do next.

Hidden and missing give the same code. A parameter never holds anything the sender may not know.
"""

from msgspec import Struct

Param = str | int | float | tuple[str, ...]

REJECTIONS: dict[str, str] = {
    # who and when
    "game.unknown": "There is no such game. Check the link or ask Control for the code.",
    "game.already_created": "This game exists already. Open it instead of creating it again.",
    "game.not_started": "The game has not started. Wait for Control to open turn 1.",
    "game.already_started": "The game has started. This is possible in the lobby only; ask Control.",
    "game.paused": "Control has paused the game. Keep your draft and send it when the clock runs again.",
    "game.not_paused": "The game is not paused; the clock is running.",
    "game.ended": "The game has ended. Open the review to see what happened.",
    "game.seats_unheld": "Nobody holds {seats}. Fill them, give them a bot, or start with them vacant.",
    "game.preset_unknown": "This case has no preset {preset}. Choose one of: {allowed}.",
    "who.unknown": "You are not in this game. Join with the code first.",
    "who.removed": "Control has taken you out of this game. Speak to Control to come back.",
    "who.control_only": "Only Control can do this. Send Control a message if you need it.",
    "who.player_only": "This is for players. Join as a player to take part.",
    "who.no_seat": "You hold no seat. Take an open seat in the lobby or ask Control for one.",
    "who.pen_only": "{holder} holds the pen for your seat. Ask for the pen, or ask them to do it.",
    # people and seats
    "person.already_joined": "You are in this game already. Open it in the window you joined from.",
    "person.unknown": "There is nobody of that name in this game. Choose a person from the list.",
    "person.not_player": "Only a player can sit in a seat. Let this person join as a player first.",
    "person.is_you": "You cannot take yourself out. Ask another member of Control.",
    "seat.unknown": "There is no seat {seat}. Choose one of: {allowed}.",
    "seat.closed": "This seat is not open to take. Choose another, or ask Control to seat you.",
    "seat.full": "This delegation is full. Choose another seat.",
    "seat.already_yours": "You sit there already.",
    "seat.unchanged": "This person is seated like that already. Choose another seat.",
    "seat.held_another": "You have seen another seat's papers in this game. Only Control can seat you elsewhere now.",
    "seat.ready_unchanged": "Your seat has said so already.",
    "seat.policy_unknown": "There is no bot {policy}. Choose one of: {allowed}.",
    "seat.policy_unchanged": "The seat is played that way already.",
    "pen.not_member": "This person is not in your delegation. Choose a member of your seat.",
    "pen.yours": "You hold the pen already.",
    # clock
    "clock.open_ended": "This phase has no clock. End it when you are ready.",
    "phase.moved_on": "The phase is {current} by now; nothing was ended. Look again before you end it.",
    "turn.moved_on": "This is turn {current} by now; nothing was changed. Look at the current turn.",
    # orders
    "order.phase_closed": "Orders are closed in this phase. Draft them when the next planning phase opens.",
    "order.sealed": "Your sheet is sealed. Reopen it to change an order, while the phase lasts.",
    "order.not_sealed": "Your sheet is open; there is nothing to reopen.",
    "order.unknown": "There is no such order on your sheet. It may have been withdrawn; look at the sheet.",
    "order.too_many": "A sheet holds {limit} orders. Withdraw one first.",
    "order.over_budget": "This needs {cost} of the {left} left of a budget of {budget}. Withdraw another order first.",
    "order.over_capital": "This needs {cost} of political capital and {left} is left. Choose a cheaper move.",
    "order.not_hideable": "This move cannot be ordered in private. Order it in public or choose another.",
    "order.not_public": "This move cannot be announced. Order it in private.",
    "consent.not_called_for": "This order calls for no consent of theirs. It may be asked of: {allowed}.",
    "consent.asked_already": "They have been asked about this order. Wait for their answer, or talk to them.",
    "consent.unknown": "Your seat was asked no such thing. It may have been taken back; look at your list.",
    "consent.closed": "Orders are locked; it is too late to answer. What you said before the lock counts.",
    "consent.unchanged": "Your seat has said so already.",
    "move.unknown": "Your seat has no such move. Choose one from your list of moves.",
    "param.unknown": "This move takes no {param}. Allowed: {allowed}.",
    "param.missing": "Choose a value for {param} first.",
    "param.invalid": "{param} cannot be that. Allowed: {allowed}.",
    "estimate.none": "You hold no estimate of that. Choose one from your intelligence list.",
    "estimate.to_self": "Name a seat other than your own to brief.",
    # free moves, arguments, appeals
    "freemove.closed": "This case takes no moves outside its catalogue. Choose one from your list of moves.",
    "freemove.unknown": "There is no such free move for your seat. It may have been withdrawn; look at your list.",
    "freemove.id_used": "This name is used for another free move. Use another one.",
    "freemove.too_many": "Your seat has {limit} free moves this turn. Withdraw one first.",
    "freemove.decided": "This free move has been admitted already. Wait for the turn to be settled.",
    "freemove.argued_enough": "Your seat has given its {limit} lines on this free move. Tell Control the rest.",
    "freemove.own": "You proposed it. Argue for it; Control and others estimate the odds.",
    "freemove.not_asked": "Control has not asked your seat for the odds. Argue for or against it.",
    "freemove.odds_only": "Control asked you for the odds only, in confidence. Write your reasons to Control.",
    "freemove.nobody_new": "Everybody you named knows of it already. Choose another seat.",
    "freemove.no_frame": "The move has no frame yet. Say who acts and which variables it touches first.",
    "freemove.no_estimate": "Nobody has estimated the odds yet. Give your own estimate first.",
    "freemove.variable_unknown": "A free move cannot touch {variable}. Choose from: {allowed}.",
    "freemove.effect_too_large": "The effect on {variable} is too large. Keep it within plus or minus {limit}.",
    "freemove.too_many_effects": "A free move has {effects} effects and {costs} costs of failure at most. Drop one.",
    "freemove.signal_too_large": "A signal is too strong. Keep trust and resolve within plus or minus {limit}.",
    "freemove.signal_unread": "Nobody reads signals about {side}. Drop the signal, or let one of these act: {allowed}.",
    "freemove.code_unknown": "No move of this case uses the event code {cameo}. Choose one of: {allowed}.",
    "argument.order_unknown": "There is no such order this turn. Choose one from the sheets.",
    "argument.unchanged": "These arguments are granted already. Choose another number.",
    "appeal.order_unknown": "There is nothing like that to appeal. Choose an outcome of yours before orders lock.",
    "appeal.unknown": "There is no such open appeal. It may have been answered; look at the queue.",
    "appeal.no_correction": "A declined appeal corrects nothing. Uphold it, or leave the correction out.",
    "appeal.too_late": "No turn is left to settle a correction in. Answer without one.",
    # talk
    "room.unknown": "There is no such room for your seat. Open one with the seats you want to talk to.",
    "room.alone": "Name at least one other seat to talk to.",
    "room.listen_only": "You can read this room but not write in it. Use a room of your own seat.",
    "room.read_ahead": "The room has only {last} messages. Read what is there first.",
    "room.already_read": "That was marked as read before.",
    "text.empty": "There is no text. Write something first.",
    "item.unknown": "Your seat was sent no such thing. Open it from your own list.",
    "item.already_opened": "That was opened before.",
    "room.by_letter_only": "These seats reach each other by one way only: {channel}. Write a letter.",
    # letters
    "letter.no_channel": "Your seat has no such channel to write by. Choose one from your list of channels.",
    "letter.not_reached": "This channel does not reach that seat. It reaches: {allowed}.",
    "letter.too_many": "{limit} letters of your seat are under way. Wait until one arrives.",
    "letter.carries_none": "This channel carries no texts. Send the letter without one, or use another channel.",
    "letter.text_lapsed": "The text it carried had lapsed on the way: what is in force now says as much.",
    "letter.not_a_party": "The text is not for that seat. Its parties are: {parties}.",
    # deal
    "offer.unknown": "There is no such text for your seat. It may have lapsed; look at your list.",
    "offer.id_used": "This name was used for a text that has ended. Start a new text.",
    "offer.id_too_long": "The name of the text is too long by {over} characters. Use a shorter one.",
    "offer.too_many": "Your seat has {limit} texts open. Walk away from one first.",
    "offer.empty": "The text adds nothing to what is in force. Raise at least one clause.",
    "offer.under_way": "The text travels with a letter. It rests until the letter has arrived; write another.",
    "offer.by_letter_only": "A party is reached by letter only. Send the text with a letter: {channel}.",
    "offer.unknown_issue": "There is no issue {issue}. Choose one of: {allowed}.",
    "offer.unknown_level": "{issue} has no level {level}; the highest is {highest}. Choose a lower one.",
    "offer.below_banked": "{issue} is in force at level {banked}. A text can only go up from there.",
    "offer.needs_signatories": "A text needs the seats that sign it. Add: {missing}.",
    "offer.not_author": "Only the seat that wrote the draft can change or table it. Ask them, or write your own.",
    "offer.already_tabled": "The text is on the table. Answer it with a counter-offer.",
    "offer.not_tabled": "The text is still a draft. It has to be tabled first.",
    "offer.readers_narrowed": "{lost} can read the draft already. Keep them, or start a new one.",
    "offer.not_party": "Your seat is no party to this text. You can read it but not act on it.",
    "offer.stale_version": "Version {version} is on the table by now. Look at it before you act.",
    "offer.unchanged": "Your counter-offer is the same as the text. Change a clause or accept it.",
    "offer.being_signed": "The text is being signed. Walk away, or write a new one.",
    "offer.no_such_clause": "The text has no clause on {issue}. It has: {allowed}.",
    "offer.already_accepted": "Your seat has accepted this version. Wait for the others.",
    "offer.no_authority": "Your seat cannot sign for its side. Ask the seat that can.",
    "offer.already_signed": "Your seat has signed. Wait for the other side.",
    "offer.not_agreed": "Not everybody has accepted this version. Waiting for: {waiting}.",
    "offer.venue_differs": "The other side has signed for {venue}. Sign there, or walk away.",
    "offer.no_summits": "Leaders do not meet in this case. Sign by exchange of letters.",
    "offer.locked": "Signatures are closed while the turn is settled. Sign when the next turn opens.",
    "offer.signed": "The text is fully signed. It takes effect when the turn is settled.",
    # control
    "inject.unknown": "There is no such scheduled inject. Choose one from the list.",
    "inject.not_waiting": "This inject was {state} already. Send a free one if you want it again.",
    "ruling.none_pending": "There is no proposal to rule on. Wait for the orders to be locked.",
    "ruling.pending": "A proposal waits for your ruling. Accept it to go on.",
    "ruling.order_unknown": "The proposal has no such order. Choose one of: {allowed}.",
    "ruling.variable_unknown": "A ruling cannot change {variable}. Choose one of: {allowed}.",
    "ruling.event_unknown": "No die of this proposal decides such an event. Choose one of: {allowed}.",
    "ruling.reversal_confirmed": "This order is a confirmed reversal already. Withdraw that ruling to take it back.",
    "ruling.unknown": "There is no such ruling on this proposal. It may have been withdrawn.",
}


class Rejected(Struct, frozen=True):
    """A command that had no effect, and why."""

    code: str
    params: dict[str, Param] = {}


def reject(code: str, **params: Param) -> Rejected:
    """Return the refusal of a known code. Raises KeyError for a code that is not in the catalogue."""
    REJECTIONS[code]
    return Rejected(code, params)


def sentence(rejected: Rejected) -> str:
    """Return the refusal in words."""
    words = {k: ", ".join(v) if isinstance(v, tuple) else v for k, v in rejected.params.items()}
    return REJECTIONS[rejected.code].format(**words)
