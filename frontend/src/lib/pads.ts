/** Hands out the drafts that are being written together: one document each, however many fields show it. */
import type { GameStore } from "../store/game.svelte";
import type { Pad } from "./pad.svelte";

interface Held {
  pad: Promise<Pad>;
  users: number;
}

const LINGER_MS = 1_000;
const held = new WeakMap<GameStore, Map<string, Held>>();

/** Return a pad and keep it until it is released as often as it was asked for. */
export function holdPad(game: GameStore, key: string, opening: string): Promise<Pad> {
  const name = `${key} ${opening}`;
  let pads = held.get(game);
  if (!pads) held.set(game, (pads = new Map()));
  let entry = pads.get(name);
  if (!entry) {
    entry = { pad: import("./pad.svelte").then((module) => new module.Pad(game, key, opening)), users: 0 };
    pads.set(name, entry);
    entry.pad.catch(() => held.get(game)?.delete(name));
  }
  entry.users += 1;
  return entry.pad;
}

export function releasePad(game: GameStore, key: string, opening: string): void {
  const name = `${key} ${opening}`;
  const entry = held.get(game)?.get(name);
  if (!entry) return;
  entry.users -= 1;
  setTimeout(() => {
    if (entry.users > 0 || held.get(game)?.get(name) !== entry) return;
    held.get(game)?.delete(name);
    void entry.pad.then((pad) => pad.close(), () => {});
  }, LINGER_MS);
}

/** Key of a draft's pad, or of a seat's answer to a text on the table. */
export function padKey(offer: { id: string; status: string }, of: string | null): string {
  return offer.status === "draft" || !of ? offer.id : `${offer.id}@${of}`;
}
