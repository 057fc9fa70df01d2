import type { InjectSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

/** What an inject came by, in a word before its sender. */
export const CHANNELS: Record<InjectSeen["channel"], string> = {
  cable: "Cable",
  flash: "Flash",
  intel: "Intelligence",
  press: "Press",
  room: "Room",
};

/** Whether my seat has opened an inject. */
export function isOpened(game: GameStore, inject: InjectSeen): boolean {
  const seat = game.seat;
  if (seat === null) return true;
  return game.entities.has("opened", `inject:${inject.id}:${seat}`);
}

/** Whether it takes the whole screen until it is read. */
export const isFlash = (inject: InjectSeen): boolean => inject.channel === "flash" || inject.precedence === "flash";

function unopened(game: GameStore, wanted: (inject: InjectSeen) => boolean): InjectSeen[] {
  return game
    .all("inject")
    .filter((inject) => wanted(inject) && !isOpened(game, inject))
    .sort((a, b) => b.at_ms - a.at_ms);
}

/** Those that wait for an answer of my seat, newest first. */
export const waiting = (game: GameStore): InjectSeen[] => unopened(game, (i) => i.precedence === "immediate" && !isFlash(i));

/** What lies unopened in the intelligence file, and what waits for an answer anyway. */
export const filed = (game: GameStore): InjectSeen[] =>
  unopened(game, (i) => !isFlash(i) && (i.precedence === "immediate" || i.channel === "intel"));

/** What came into a room and is unopened. */
export const inRoom = (game: GameStore, room: string): InjectSeen[] =>
  unopened(game, (i) => i.channel === "room" && i.room === room && !isFlash(i));
