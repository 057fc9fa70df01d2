import type { InjectSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

/** Whether my seat has opened an inject. */
export function isOpened(game: GameStore, inject: InjectSeen): boolean {
  const seat = game.seat;
  if (seat === null) return true;
  return game.entities.has("opened", `inject:${inject.id}:${seat}`);
}

/** Those that wait for an answer of my seat, newest first. */
export function waiting(game: GameStore): InjectSeen[] {
  return game
    .all("inject")
    .filter((i) => i.precedence === "immediate" && !isOpened(game, i))
    .sort((a, b) => b.at_ms - a.at_ms);
}
