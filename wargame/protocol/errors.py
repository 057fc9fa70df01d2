"""The catalogue of refusals: what the server adds to those of the game, and how one becomes a sentence.

A code is stable and is what programs look at; the sentence is for people and says what to do next.
Nothing here may tell *hidden* from *missing*: both have the same code.
"""

from wargame.game.rejections import REJECTIONS

SERVER_REJECTIONS: dict[str, str] = {
    "frame.malformed": "The server could not read this frame ({where}: {expected}).",
    "frame.unknown": "The server knows no frame of this kind. Known are: {expected}.",
    "frame.oversize": "This frame is larger than {limit} bytes. Shorten the text and send it again.",
    "frame.binary": "Frames must be text. Send JSON as text.",
    "frame.order": "Say hello first, and only once.",
    "frame.too_many": "Too many frames at once. Wait {wait_ms} ms and send it again.",
    "command.unknown": "There is no action {name}. Reload the page; it may be out of date.",
    "command.malformed": "Something was not understood at {at}: {expected}. Correct it and send it again.",
    "command.id_reused": "This command id was already used by somebody else. Send it again with a new id.",
    "access.unknown": "You are not known here. Open your link again or join with the code.",
    "access.removed": "You have been taken out of this game. Ask the facilitator if that was a mistake.",
    "access.read_only": "You are looking through another view and cannot act. Return to your own view first.",
    "access.not_found": "There is nothing here that you may see. Check the link.",
    "access.denied": "Your role cannot do this here.",
    "access.origin": "This request came from another site and was not carried out.",
    "access.staff_only": "Sign in with the staff link first.",
    "access.content_type": "Send JSON with the content type application/json.",
    "join.unknown_code": "There is no open game with this code. Check it and try again.",
    "join.no_guests": "This game takes no guests. Join as a player, or ask Control.",
    "join.name_missing": "Enter a name of 1 to 60 characters.",
    "join.too_many_tries": "Too many tries. Wait {wait_s} seconds and enter the code again.",
    "socket.too_slow": "The connection was too slow and was closed. It is opened again and nothing is lost.",
    "request.malformed": "The request could not be read at {at}: {expected}.",
    "request.method": "This address does not accept this method.",
    "request.cross_site": "This was sent by a page of another site and was not done.",
    "roster.faults": "{cell}: {first} ({count} in all.) Nobody was let in; mend the list and send it again.",
    "scenario.unknown": "There is no case named {scenario}.",
    "replay.own_view_only": "You may only look back through your own view.",
    "exercise.locked": (
        "A section of this exercise has started. Treatments, their draw and the seed stay as they were registered."
    ),
    "exercise.people_in": "People are already in {sections}. Take them out first; a new draw makes new rooms.",
    "exercise.named_twice": "There are two of the name {name}. Give each its own.",
    "exercise.too_many": "An exercise has at most {limit} sections. Make a second one for the others.",
    "exercise.section_unknown": "This exercise has no section {section}.",
    "fork.no_such_moment": "The log has {head} events. Choose a moment from 1 to {head}.",
    "reminder.no_address": "This is no e-mail address. Check it, or leave the field empty.",
    "reminder.no_webhook": "This address cannot be posted to: {fault}.",
    "counterfactual.fault": "{where}: {first} ({count} in all.) Nothing was run; mend it and ask again.",
    "job.not_ready": "This is still being built, or was cancelled. Wait until it is ready, or ask for it again.",
    "job.not_yours": "Others asked for this. It is theirs to cancel, or Control's.",
    "job.stale": "What people allow has changed since this was built. Ask for it again.",
    "job.too_many": "{limit} pieces of work of yours are under way already. Wait for one, or cancel one.",
    "report.no_turn": "No turn of this game has been settled yet: there is nothing to play again.",
    "report.not_ended": "The report is made when the game has ended.",
    "share.not_ended": "The game is not over. Its whole report can be opened to the players once it has ended.",
    "package.not_ended": "A package holds the seed and every secret. It is made when the game has ended.",
    "export.consent": "People decide what of theirs is handed on. Ask for an export that keeps to it.",
    "server.busy": "The server is busy. Nothing was changed; send it again.",
    "server.failed": "The server failed and changed nothing. Send it again; if it fails again, tell the facilitator.",
}


def catalogue() -> dict[str, str]:
    """Return code -> sentence of every refusal there is, those of the game included."""
    both = {**REJECTIONS, **SERVER_REJECTIONS}
    return {code: both[code] for code in sorted(both)}


def sentence(code: str, params: dict[str, object]) -> str:
    """Return the sentence of a refusal with its parameters filled in; the bare code if there is none."""
    template = catalogue().get(code)
    if template is None:
        return code
    try:
        return template.format(**params)
    except (KeyError, IndexError, ValueError):
        return template
