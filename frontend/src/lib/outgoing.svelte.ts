/** Messages that wait five seconds on this device before they cross to another team, so that a slip can be undone. */
import { newId, type GameStore } from "../store/game.svelte";

export const UNDO_MS = 5_000;

export interface Pending {
  id: string;
  room: string;
  text: string;
  state: "waiting" | "sending" | "refused";
  dueMs: number;
  refusal: string;
}

class Outgoing {
  list = $state.raw<Pending[]>([]);
  #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    // Leaving the page sends what waits: a person who closes the lid meant to send it.
    globalThis.addEventListener?.("pagehide", () => this.flush());
  }

  #games = new Map<string, GameStore>();

  post(game: GameStore, room: string, text: string, { wait }: { wait: boolean }): void {
    const entry: Pending = { id: newId("m"), room, text, state: wait ? "waiting" : "sending", dueMs: Date.now() + UNDO_MS, refusal: "" };
    this.list = [...this.list, entry];
    this.#games.set(entry.id, game);
    if (wait) this.#timers.set(entry.id, setTimeout(() => void this.send(entry.id), UNDO_MS));
    else void this.send(entry.id);
  }

  /** Take a waiting message back; returns its text for the composer. */
  undo(id: string): string {
    const entry = this.list.find((one) => one.id === id);
    this.#forget(id);
    return entry?.text ?? "";
  }

  async send(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    const entry = this.list.find((one) => one.id === id);
    const game = this.#games.get(id);
    if (!entry || !game) return;
    this.#patch(id, { state: "sending" });
    const sent = await game.send("message.post", { message: id, room: entry.room, text: entry.text });
    if (sent.ok) this.#forget(id);
    else this.#patch(id, { state: "refused", refusal: sent.text });
  }

  flush(): void {
    for (const entry of this.list) if (entry.state === "waiting") void this.send(entry.id);
  }

  of(room: string): Pending[] {
    return this.list.filter((one) => one.room === room);
  }

  #patch(id: string, change: Partial<Pending>): void {
    this.list = this.list.map((one) => (one.id === id ? { ...one, ...change } : one));
  }

  #forget(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#games.delete(id);
    this.list = this.list.filter((one) => one.id !== id);
  }
}

export const outgoing = new Outgoing();
