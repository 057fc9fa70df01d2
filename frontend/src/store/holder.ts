/** Keeps one live store per game while any screen uses it, so that going from console to outcome does not reconnect. */
import { GameStore } from "./game.svelte";

const LINGER_MS = 2_000;
const held = new Map<string, { store: GameStore; users: number }>();

export function holdGame(id: string): GameStore {
  let entry = held.get(id);
  if (!entry) {
    entry = { store: new GameStore(id).start(), users: 0 };
    held.set(id, entry);
  }
  entry.users += 1;
  return entry.store;
}

export function releaseGame(id: string): void {
  const entry = held.get(id);
  if (!entry) return;
  entry.users -= 1;
  setTimeout(() => {
    if (entry.users > 0 || held.get(id) !== entry) return;
    held.delete(id);
    entry.store.stop();
  }, LINGER_MS);
}
