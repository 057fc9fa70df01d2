/**
 * One draft that several people write at once, as this browser holds it: a Yjs document with a text for each clause.
 * What was written here and not yet taken by the server is kept on this device, so that neither a lost line nor a crash
 * costs a word. Loaded only where somebody drafts (`pads.ts`): the library is no part of the pages themselves.
 */
import { untrack } from "svelte";
import * as Y from "yjs";
import { readLasting, writeLasting } from "./kept.svelte";
import type { PadEditSeen } from "../protocol/entities";
import type { GameStore, Sent } from "../store/game.svelte";

/** Changes of half a word are not worth a message; two people still see each other write. */
const SEND_AFTER_MS = 300;
/** Bytes sent at once; the server takes 32 KiB. */
const SEND_BYTES = 24 << 10;
const RETRY_MS = 4_000;
const REMOTE = "remote";
/** Refusals after which more of one's own writing can help: the next change is sent with what was refused. */
const BY_WRITING = new Set(["pad.full", "pad.clause_full", "pad.update_too_large"]);

export type PadState = "saved" | "waiting" | "refused";

export class Pad {
  readonly doc = new Y.Doc();
  state = $state<PadState>("saved");
  /** Why the server did not take what was written, in words. */
  refusal = $state("");
  #unsent: Uint8Array[] = [];
  #sending = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heard = new Map<string, number>();
  #composing = 0;
  #stop: () => void;
  readonly #prefix: string;

  constructor(
    private readonly game: GameStore,
    /** Key of the entity `pad`. */
    readonly key: string,
    readonly opening: string,
  ) {
    this.#prefix = `track-one.pad.${game.id}.${game.me?.person ?? ""}.${key}.${opening}.`;
    this.#hear();
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return;
      this.#unsent.push(update);
      this.#keep();
      this.#sendSoon();
    });
    // What an earlier page of this person wrote and could not send, be it another tab's that is still there: taking it
    // twice changes nothing.
    for (const name of namesWith(this.#prefix)) {
      const bytes = readLasting(name);
      if (bytes) Y.applyUpdate(this.doc, fromBase64(bytes));
      writeLasting(name, "");
    }
    this.#keep();
    this.#stop = $effect.root(() => {
      $effect(() => {
        void game.get("pad", key);
        void game.all("pad_edit").length;
        for (const edit of game.all("pad_edit")) void edit.number;
        untrack(() => this.#hear());
      });
    });
  }

  text(clause: string): Y.Text {
    return this.doc.getText(clause);
  }

  /** Undoing of what one field wrote, and of nobody else's words. */
  undoing(clause: string, origin: unknown): Y.UndoManager {
    return new Y.UndoManager(this.text(clause), { trackedOrigins: new Set([origin]), captureTimeout: 400 });
  }

  /** While a word is being composed, nobody else's words are put into the field. */
  compose(on: boolean): void {
    this.#composing = Math.max(0, this.#composing + (on ? 1 : -1));
    if (!this.#composing) this.#hear();
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
    void this.#send();
    this.doc.destroy();
  }

  /** Take in what the view has been told and was not taken in yet. The order does not matter, nor does twice. */
  #hear(): void {
    if (this.#composing) return;
    const whole = this.game.get("pad", this.key);
    if (whole?.opening !== this.opening) return;
    if (!whole.open) {
      if (this.#unsent.length) this.#refuse("This text has moved on. Your last words are not in it; copy them from here.");
      return;
    }
    const told: [string, number, string][] = [];
    if (whole.state) told.push([this.key, this.game.mark("pad", this.key)?.n ?? 0, whole.state]);
    for (const edit of this.game.all("pad_edit")) {
      if (this.#mine(edit)) told.push([`edit ${edit.number}`, edit.number, edit.update]);
    }
    const fresh = told.filter(([name, n]) => this.#heard.get(name) !== n);
    if (!fresh.length) return;
    this.doc.transact(() => {
      for (const [name, n, update] of fresh) {
        Y.applyUpdate(this.doc, fromBase64(update), REMOTE);
        this.#heard.set(name, n);
      }
    }, REMOTE);
  }

  #sendSoon(after = SEND_AFTER_MS): void {
    if (this.state !== "refused") this.state = "waiting";
    if (this.#sending) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), after);
  }

  async #send(): Promise<void> {
    const whole = this.game.get("pad", this.key);
    if (this.#sending || !this.#unsent.length || !whole?.open || whole.opening !== this.opening) return;
    let bytes = 0;
    let count = 0;
    for (const update of this.#unsent) {
      bytes += update.length;
      if (count && bytes > SEND_BYTES) break;
      count += 1;
    }
    this.#sending = count;
    const update = toBase64(Y.mergeUpdates(this.#unsent.slice(0, count)));
    const sent = await this.game.send("pad.edit", { offer: whole.offer, of: whole.counter ? whole.seat : "", opening: this.opening, update });
    this.#sending = 0;
    this.#answered(sent, count);
  }

  #answered(sent: Sent, count: number): void {
    if (sent.ok) {
      this.#unsent = this.#unsent.slice(count);
      this.refusal = "";
      this.state = this.#unsent.length ? "waiting" : "saved";
      this.#keep();
      if (this.#unsent.length) this.#sendSoon(0);
      return;
    }
    this.#refuse(sent.text);
    if (sent.code === "pad.behind") {
      // The server lacks something this was built on: send all it has not told us of.
      this.#unsent = [Y.encodeStateAsUpdate(this.doc, this.#told())];
      this.#sendSoon(RETRY_MS);
    } else if (BY_WRITING.has(sent.code) && this.#unsent.length > count) this.#sendSoon(RETRY_MS);
    else if (sent.code === "game.paused" || sent.code === "server.failed") this.#sendSoon(RETRY_MS);
    this.#keep();
  }

  /** Edits of an earlier pad of the same key stay in the view until their slots are used again. */
  #mine(edit: PadEditSeen): boolean {
    return edit.pad === this.key && edit.opening === this.opening;
  }

  #refuse(why: string): void {
    this.refusal = why;
    this.state = "refused";
  }

  /** How far the server has told us it holds each writer's words. */
  #told(): Uint8Array {
    const known = new Y.Doc();
    const whole = this.game.get("pad", this.key);
    if (whole?.state) Y.applyUpdate(known, fromBase64(whole.state));
    for (const edit of this.game.all("pad_edit")) if (this.#mine(edit)) Y.applyUpdate(known, fromBase64(edit.update));
    return Y.encodeStateVector(known);
  }

  #keep(): void {
    writeLasting(this.#prefix + this.doc.clientID, this.#unsent.length ? toBase64(Y.mergeUpdates(this.#unsent)) : "");
  }
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}

function namesWith(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}
