/** Letters as a seat looks at them: which channels it has, what came, what is on its way. */
import type { ChannelSeen, LetterSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

/** How a channel is named in the address of the page, beside the rooms. */
export const PREFIX = "letter:";

export function lettersOf(game: GameStore, channel: string): LetterSeen[] {
  return game
    .all("letter")
    .filter((one) => one.channel === channel)
    .map((one) => ({ one, n: game.mark("letter", one.id)?.n ?? 0 }))
    .sort((a, b) => a.n - b.n)
    .map((row) => row.one);
}

/** A letter to my seat that my seat has not opened. */
export function isNew(game: GameStore, letter: LetterSeen): boolean {
  return letter.to === game.seat && letter.state === "arrived" && !game.has("opened", `letter:${letter.id}:${game.seat}`);
}

export function newOn(game: GameStore, channel: string): number {
  return lettersOf(game, channel).filter((one) => isNew(game, one)).length;
}

export function newLetters(game: GameStore): number {
  return game.all("letter").filter((one) => isNew(game, one)).length;
}

/** In words, when a letter written now by this channel is read. */
export function arrival(channel: ChannelSeen): string {
  if (channel.delay === 0) return "arrives at once";
  return channel.delay === 1 ? "arrives as the next turn opens" : `arrives ${channel.delay} turns from now`;
}
