/**
 * One WebSocket with a memory: says hello with the cursor, reconnects with growing pauses, keeps
 * unanswered commands and sends them again under the same id. It does not know what frames mean to a screen.
 */
import type { Bye, ClientFrame, Feed, Head, Reject, ServerFrame, Snapshot, Welcome, WriterSeen, WritingIn } from "../protocol/frames";
import { ServerClock } from "./clock";

export type LinkState = "connecting" | "live" | "lost" | "closed";

export type Outcome = { ok: true; n: number } | { ok: false; code: string; params: Record<string, unknown> };

export interface LinkEvents {
  cursor(): number;
  /** Returns false where what the client holds is not of this view: the link then says hello anew. */
  welcome(frame: Welcome): boolean;
  snapshot(frame: Snapshot): void;
  /** Returns false where the feed has a hole: the link then starts over from the cursor. */
  feed(frame: Feed): boolean;
  head(frame: Head): void;
  writing(who: readonly WriterSeen[]): void;
  state(state: LinkState, retryAtMs: number | null, bye: Bye | null): void;
}

export interface LinkOptions {
  url: string;
  asView?: string | null;
  token?: string | null;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

interface Waiting {
  id: string;
  name: string;
  args: unknown;
  resolve(outcome: Outcome): void;
}

const PING_MS = 10_000;
const SILENCE_MS = 18_000;
const ACK_EVERY = 16;
const ACK_AFTER_MS = 200;
const STEPS_MS = [300, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Codes after which trying again cannot help. */
const FINAL = new Set([4401, 4403, 4404]);

export class Link {
  readonly clock = new ServerClock();
  #socket: WebSocket | null = null;
  #state: LinkState = "connecting";
  #waiting = new Map<string, Waiting>();
  #tries = 0;
  #helloAt = 0;
  #pingAt = 0;
  #heardAt = 0;
  #ackAt = 0;
  #unacked = 0;
  #bye: Bye | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #beat: ReturnType<typeof setInterval> | null = null;
  #ackTimer: ReturnType<typeof setTimeout> | null = null;
  readonly #wake = (): void => this.retryNow();

  constructor(
    private readonly options: LinkOptions,
    private readonly events: LinkEvents,
  ) {}

  start(): void {
    globalThis.addEventListener?.("online", this.#wake);
    this.#beat = setInterval(() => this.#pulse(), 1_000);
    this.#connect();
  }

  stop(): void {
    globalThis.removeEventListener?.("online", this.#wake);
    if (this.#beat) clearInterval(this.#beat);
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#ackTimer) clearTimeout(this.#ackTimer);
    this.#set("closed", null);
    this.#drop();
  }

  /** Commands not yet answered by the server. */
  get pending(): number {
    return this.#waiting.size;
  }

  retryNow(): void {
    if (this.#state === "live" || this.#state === "closed") return;
    if (this.#retry) clearTimeout(this.#retry);
    this.#connect();
  }

  /** Send a command; the promise settles when the server has answered, over as many connections as it takes. */
  send(id: string, name: string, args: unknown): Promise<Outcome> {
    return new Promise((resolve) => {
      const waiting = { id, name, args, resolve };
      this.#waiting.set(id, waiting);
      if (this.#state === "live") this.#transmit(waiting);
    });
  }

  claim(): void {
    if (this.#state === "live") this.#write({ t: "claim" });
  }

  /** Say where I am writing. Lost with the link: it is said again every few seconds. */
  writing(at: Omit<WritingIn, "t">): void {
    if (this.#state === "live") this.#write({ t: "writing", ...at });
  }

  #connect(): void {
    this.#drop();
    this.#retry = null;
    const open = this.options.open ?? ((url: string) => new WebSocket(url));
    let socket: WebSocket;
    try {
      socket = open(this.options.url);
    } catch {
      this.#lost();
      return;
    }
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => {
      this.#helloAt = Date.now();
      this.#write({
        t: "hello",
        cursor: this.events.cursor(),
        as_view: this.options.asView ?? null,
        token: this.options.token ?? null,
        version: 1,
      });
    };
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(JSON.parse(String(event.data)) as ServerFrame);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event.code);
    };
  }

  #receive(frame: ServerFrame): void {
    this.#heardAt = Date.now();
    switch (frame.t) {
      case "welcome":
        this.#welcomed(frame);
        break;
      case "snapshot":
        this.events.snapshot(frame);
        if (frame.more) this.#acknowledge();
        else this.#flushAck();
        break;
      case "feed":
        if (this.events.feed(frame)) this.#acknowledge();
        else this.#connect();
        break;
      case "head":
        if (this.#pingAt) this.clock.sample(frame.server_ms, this.#pingAt);
        else this.clock.hint(frame.server_ms);
        this.#pingAt = 0;
        this.events.head(frame);
        break;
      case "writing":
        this.events.writing(frame.who);
        break;
      case "ack":
        this.#settle(frame.id, { ok: true, n: frame.n });
        break;
      case "reject":
        this.#refused(frame);
        break;
      case "bye":
        this.#bye = frame;
        break;
    }
  }

  #welcomed(frame: Welcome): void {
    // A second welcome on one socket tells of a new view; a snapshot follows by itself.
    const first = this.#helloAt > 0;
    if (first) this.clock.sample(frame.server_ms, this.#helloAt);
    this.#helloAt = 0;
    this.#tries = 0;
    this.#bye = null;
    this.#set("live", null);
    if (!this.events.welcome(frame) && first) this.#connect();
    else if (first) for (const waiting of this.#waiting.values()) this.#transmit(waiting);
  }

  #refused(frame: Reject): void {
    if (frame.id) this.#settle(frame.id, { ok: false, code: frame.code, params: frame.params ?? {} });
    else console.warn("frame refused", frame.code);
  }

  #settle(id: string, outcome: Outcome): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.resolve(outcome);
  }

  #transmit(waiting: Waiting): void {
    const { id, name, args } = waiting;
    this.#write({ t: "command", id, name, args, seen: this.events.cursor() });
  }

  // Acknowledgements are cumulative: one for many frames is enough, but not so late that the server stops pushing.
  #acknowledge(): void {
    this.#unacked += 1;
    if (this.#unacked >= ACK_EVERY) this.#flushAck();
    else this.#ackTimer ??= setTimeout(() => this.#flushAck(), ACK_AFTER_MS);
  }

  #flushAck(): void {
    if (this.#ackTimer) clearTimeout(this.#ackTimer);
    this.#ackTimer = null;
    this.#unacked = 0;
    this.#ackAt = this.events.cursor();
    this.#write({ t: "ack", n: this.#ackAt });
  }

  #pulse(): void {
    if (this.#state === "closed" || this.#retry) return;
    const quiet = Date.now() - this.#heardAt;
    if (quiet > SILENCE_MS) {
      this.#drop();
      this.#lost();
    } else if (this.#state === "live" && quiet >= PING_MS && !this.#pingAt) {
      this.#pingAt = Date.now();
      this.#write({ t: "ping" });
    }
  }

  #lost(code = 0): void {
    this.#socket = null;
    this.#pingAt = 0;
    if (this.#state === "closed") return;
    if (FINAL.has(code) || (this.#bye && FINAL.has(this.#bye.code))) {
      this.#set("closed", null);
      for (const { resolve } of this.#waiting.values()) resolve({ ok: false, code: "link.closed", params: {} });
      this.#waiting.clear();
      return;
    }
    const base = STEPS_MS[Math.min(this.#tries, STEPS_MS.length - 1)] ?? 15_000;
    this.#tries += 1;
    // Spread over half the pause, so that a class that lost the server together does not return together.
    const pause = base * (0.75 + 0.5 * (this.options.random ?? Math.random)());
    this.#set("lost", Date.now() + pause);
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), pause);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #write(frame: ClientFrame): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #set(state: LinkState, retryAtMs: number | null): void {
    this.#state = state;
    this.events.state(state, retryAtMs, this.#bye);
  }
}
