/**
 * Messages that wait some seconds on this device before they cross to another team, so that a slip can be undone.
 *
 * Until then the server knows nothing of them. They are kept beside the drafts: a reload goes on counting, and what a
 * closed page left behind is shown as not sent instead of being sent late. The id of a message is the id of its command,
 * so that sending it twice says it once.
 */
import { newId, type GameStore } from "../store/game.svelte";
import { readLasting, writeLasting } from "./kept.svelte";

export const UNDO_MS = 5_000;
/** A message that came due longer ago than this, with no page open, is put before its writer again. */
const STALE_MS = 30_000;

export interface Words {
  text: string;
  replyTo: number | null;
  mentions: string[];
}

export interface Pending extends Words {
  id: string;
  room: string;
  state: "waiting" | "sending" | "refused" | "unsent";
  dueMs: number;
  refusal: string;
}

class Outgoing {
  list = $state.raw<Pending[]>([]);
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #games = new Map<string, GameStore>();
  #restored = new Set<string>();

  /** Take up what an earlier page of this person left, once. */
  restore(game: GameStore): void {
    const name = nameOf(game);
    if (!name || this.#restored.has(name)) return;
    this.#restored.add(name);
    for (const entry of load(name)) {
      if (this.list.some((one) => one.id === entry.id)) continue;
      const late = Date.now() - entry.dueMs;
      this.#games.set(entry.id, game);
      this.list = [...this.list, late > STALE_MS && entry.state === "waiting" ? { ...entry, state: "unsent" } : entry];
      if (entry.state === "sending" || (entry.state === "waiting" && late <= STALE_MS)) this.#arm(entry.id, Math.max(0, -late));
    }
  }

  post(game: GameStore, room: string, words: Words, { wait }: { wait: boolean }): void {
    const entry: Pending = { ...words, id: newId(), room, state: wait ? "waiting" : "sending", dueMs: Date.now() + (wait ? UNDO_MS : 0), refusal: "" };
    this.list = [...this.list, entry];
    this.#games.set(entry.id, game);
    this.#save(game);
    if (wait) this.#arm(entry.id, UNDO_MS);
    else void this.send(entry.id);
  }

  /** Take a message back that was not sent; returns its words for the composer. */
  undo(id: string): Words | null {
    const entry = this.list.find((one) => one.id === id);
    this.#forget(id);
    return entry ? { text: entry.text, replyTo: entry.replyTo, mentions: entry.mentions } : null;
  }

  async send(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    const entry = this.list.find((one) => one.id === id);
    const game = this.#games.get(id);
    if (!entry || !game) return;
    // Another tab of the same person may have taken it back.
    const name = nameOf(game);
    if (entry.state === "waiting" && name && stores() && !load(name).some((one) => one.id === id)) return this.#forget(id);
    this.#patch(id, { state: "sending" });
    const args = { message: id, room: entry.room, text: entry.text, mentions: entry.mentions, ...(entry.replyTo ? { reply_to: entry.replyTo } : {}) };
    const sent = await game.send("message.post", args, id);
    if (sent.ok) this.#forget(id);
    else this.#patch(id, { state: "refused", refusal: sent.text });
  }

  of(room: string): Pending[] {
    return this.list.filter((one) => one.room === room);
  }

  #arm(id: string, ms: number): void {
    this.#timers.set(id, setTimeout(() => void this.send(id), ms));
  }

  #patch(id: string, change: Partial<Pending>): void {
    this.list = this.list.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.#save(this.#games.get(id));
  }

  #forget(id: string): void {
    clearTimeout(this.#timers.get(id));
    const game = this.#games.get(id);
    this.#timers.delete(id);
    this.#games.delete(id);
    this.list = this.list.filter((one) => one.id !== id);
    const name = game && nameOf(game);
    if (name) writeLasting(name, dump(load(name).filter((one) => one.id !== id)));
  }

  #save(game: GameStore | undefined): void {
    const name = game && nameOf(game);
    if (!name) return;
    const mine = this.list.filter((one) => this.#games.get(one.id) === game);
    const others = load(name).filter((one) => !mine.some((own) => own.id === one.id));
    writeLasting(name, dump([...others, ...mine]));
  }
}

function nameOf(game: GameStore): string {
  return game.me ? `track-one.outgoing.${game.id}.${game.me.person}` : "";
}

function stores(): boolean {
  try {
    return Boolean(globalThis.localStorage);
  } catch {
    return false;
  }
}

function load(name: string): Pending[] {
  try {
    return JSON.parse(readLasting(name) || "[]") as Pending[];
  } catch {
    return [];
  }
}

function dump(entries: Pending[]): string {
  return entries.length ? JSON.stringify(entries) : "";
}

export const outgoing = new Outgoing();
