// Flags of the review: notes of Control pinned to a moment, marked for the debrief. Owns the calls; decides nothing.
import { api, type Answer } from "../../lib/http";
import { newId } from "../../store/game.svelte";

/** Pin a note to an event of the log, to be talked about in the debrief. */
export function flagMoment(game: string, seq: number, text: string): Promise<Answer<unknown>> {
  return api(`/games/${encodeURIComponent(game)}/assessment`, { id: newId("flag"), name: "note.pin", args: { note: newId("note"), text, event: `event:${seq}`, discuss: true } });
}

/** Begin another game from an event of this one, with its dice or new ones. This one stays as it is. */
export function forkFrom(game: string, seq: number, title: string, seed: "same" | "new", retry: string): Promise<Answer<{ game: string; code: string; control_url: string }>> {
  return api(`/games/${encodeURIComponent(game)}/fork`, { title: title.slice(0, 60), seed, sandbox: true, seats: {}, retry, seq });
}
