/**
 * A game as one view sees it, for components: entities, who I am, the link, presence, and `send`.
 * Components read entities and send commands; nothing here decides what is allowed.
 */
import { getContext, setContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Commands } from "../protocol/commands";
import type { Entities } from "../protocol/entities";
import type { Bye, Item, PresenceSeen, Welcome, WriterSeen } from "../protocol/frames";
import { passHeaders, passOf } from "../lib/passes";
import { loadRefusals, refusal } from "../lib/refusals";
import { EntityStore, type Kind, type Mark } from "./entities.svelte";
import { Link, type LinkOptions, type LinkState } from "./socket";

export type CommandName = keyof Commands;
export type CommandArgs<N extends CommandName> = NonNullable<Commands[N]>;

export type Sent = { ok: true; n: number } | { ok: false; code: string; params: Record<string, unknown>; text: string };

export interface Me {
  person: string;
  role: Welcome["role"];
  seat: string | null;
  view: string;
  readOnly: boolean;
}

/** Kinds a person may have missed while away, in the order they are listed. */
const MISSABLE: ReadonlySet<string> = new Set(["message", "inject", "offer", "offer_version", "outcome", "agreement", "paper", "tasking"]);

export class GameStore {
  readonly presence = new SvelteMap<string, PresenceSeen>();
  /** Who is writing in the drafts this view sees, as last told. */
  writers = $state.raw<readonly WriterSeen[]>([]);
  me = $state.raw<Me | null>(null);
  link = $state<LinkState>("connecting");
  /** Our clock's time of the next try, while the link is lost. */
  retryAtMs = $state<number | null>(null);
  /** When the link was lost (our clock), or null. */
  lostAtMs = $state<number | null>(null);
  bye = $state.raw<Bye | null>(null);
  /** Items that arrived with the return of a lost link, until the reader has put them away. */
  missed = $state.raw<Item[]>([]);
  readonly #link: Link;
  readonly #asView: string | null;
  #returning = false;
  #listeners = new Set<(items: readonly Item[]) => void>();

  constructor(
    readonly id: string,
    options: Partial<LinkOptions> = {},
    readonly entities: EntityStore = new EntityStore(),
  ) {
    this.#asView = options.asView ?? null;
    this.#link = new Link(
      { url: socketUrl(id), token: passOf(id), ...options },
      {
        cursor: () => this.entities.cursor,
        welcome: (frame) => this.#welcome(frame),
        snapshot: (frame) => {
          const before = this.#returning ? new Set(this.entities.keys("message")) : null;
          this.entities.snapshot(frame);
          if (before && !frame.more) this.#missed(frame.items.filter((i) => i.k !== "message" || !before.has(i.id)));
        },
        feed: (frame) => {
          const result = this.entities.feed(frame);
          if (result.state === "gap") return false;
          if (this.#returning) this.#missed(result.fresh);
          else for (const tell of this.#listeners) tell(result.fresh);
          return true;
        },
        head: (frame) => {
          this.#returning = false;
          for (const one of frame.presence ?? []) this.presence.set(one.person, one);
        },
        writing: (who) => (this.writers = who),
        state: (state, retryAtMs, bye) => this.#state(state, retryAtMs, bye),
      },
    );
  }

  start(): this {
    this.#link.start();
    return this;
  }

  /** Fill the store from a list of items, without a socket: replay and tests. */
  load(items: readonly Item[], me: Me | null = null, n = 0): this {
    this.entities.replace(items, n);
    if (me) this.me = me;
    return this;
  }

  stop(): void {
    this.#link.stop();
  }

  get<K extends Kind>(kind: K, key: string): Entities[K] | undefined {
    return this.entities.get(kind, key);
  }

  /** Every value of a kind, as it first arrived; seats in the order of the case, whichever changed last. */
  all<K extends Kind>(kind: K): Entities[K][] {
    const found = this.entities.all(kind);
    if (kind === "seat") (found as Entities["seat"][]).sort((a, b) => a.place - b.place);
    return found;
  }

  mark(kind: Kind, key: string): Mark | undefined {
    return this.entities.mark(kind, key);
  }

  has(kind: string, key: string): boolean {
    return this.entities.has(kind, key);
  }

  get loaded(): boolean {
    return this.entities.loaded;
  }

  get game(): Entities["game"] | undefined {
    return this.entities.get("game", "game");
  }

  /** My seat: from the seats themselves, which change while the socket's welcome does not. */
  get seat(): string | null {
    const me = this.me;
    if (!me) return null;
    if (me.view.startsWith("seat:")) return me.view.slice(5);
    return this.entities.get("person", me.person)?.seat ?? me.seat;
  }

  /** The server's clock now (ms). */
  now(): number {
    return this.#link.clock.now();
  }

  /** Give a command. Resolves when the server has answered, also across reconnects. Never throws. */
  async send<N extends CommandName>(name: N, args: CommandArgs<N>, id: string = newId()): Promise<Sent> {
    const outcome = await this.#link.send(id, name, args);
    if (outcome.ok) return outcome;
    await loadRefusals();
    return { ...outcome, text: refusal(outcome.code, outcome.params) };
  }

  claim(): void {
    this.#link.claim();
  }

  /** Say in which clause of which draft I am writing; an empty pad: in none any more. */
  sayWriting(pad: string, clause = ""): void {
    this.#link.writing({ pad, clause });
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  /** Hear of newly arrived items (not of the first load or a return). Returns the way to stop. */
  onItems(tell: (items: readonly Item[]) => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** Load older values of a paged kind. Returns how many came. */
  async page(kind: Kind, before: string, limit = 100): Promise<number> {
    const query = new URLSearchParams({ kind, before, limit: String(limit) });
    if (this.#asView) query.set("as_view", this.#asView);
    const response = await fetch(`/api/games/${this.id}/page?${query}`, { headers: passHeaders(this.id) });
    if (!response.ok) return 0;
    const body = (await response.json()) as { items: Item[] };
    this.entities.addPage(body.items);
    return body.items.length;
  }

  /** Load messages of a room from number `upto` down. Returns whether the server answered. */
  async pageRoom(room: string, upto: number, limit = 60): Promise<boolean> {
    const body = await this.#read("page", { kind: "message", room, upto: String(upto), limit: String(limit) });
    if (body) this.entities.addPage(body.items);
    return body !== null;
  }

  /** Find words in what this view was told; `next` is where older hits go on. Null where the server did not answer. */
  search(asked: Record<string, string>): Promise<{ items: Item[]; next: number | null } | null> {
    return this.#read("search", asked) as Promise<{ items: Item[]; next: number | null } | null>;
  }

  async #read(path: string, asked: Record<string, string>): Promise<{ items: Item[] } | null> {
    const query = new URLSearchParams(asked);
    if (this.#asView) query.set("as_view", this.#asView);
    try {
      const response = await fetch(`/api/games/${this.id}/${path}?${query}`, { headers: passHeaders(this.id) });
      return response.ok ? ((await response.json()) as { items: Item[] }) : null;
    } catch {
      return null;
    }
  }

  forgetMissed(): void {
    this.missed = [];
  }

  /** False where what is held belongs to another view (a person was moved): the link then starts from nothing. */
  #welcome(frame: Welcome): boolean {
    this.writers = [];
    const other = this.me !== null && this.me.view !== frame.view;
    this.me = { person: frame.person, role: frame.role, seat: frame.seat, view: frame.view, readOnly: frame.read_only };
    if (!other) return true;
    this.#returning = false;
    this.missed = [];
    const clean = this.entities.cursor === 0;
    this.entities.cursor = 0;
    this.entities.loaded = false;
    return clean;
  }

  #state(state: LinkState, retryAtMs: number | null, bye: Bye | null): void {
    if (state === "lost" && this.link === "live") this.#returning = this.entities.loaded;
    if (state === "lost") this.lostAtMs ??= Date.now();
    if (state === "live") this.lostAtMs = null;
    this.link = state;
    this.retryAtMs = retryAtMs;
    this.bye = bye;
  }

  #missed(items: readonly Item[]): void {
    const mine = this.seat;
    const worth = items.filter((i) => i.v !== null && MISSABLE.has(i.k) && (i.v as { seat?: string }).seat !== mine);
    if (worth.length) this.missed = [...this.missed, ...worth];
    this.#returning = false;
  }
}

/** A new id for a command or an entity the client names. */
export function newId(prefix = ""): string {
  // Not crypto.randomUUID: phones in a classroom come over plain http, where it does not exist.
  const id = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  return prefix ? `${prefix}.${id}` : id;
}

function socketUrl(id: string): string {
  const { protocol, host } = globalThis.location;
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/game/${encodeURIComponent(id)}`;
}

const KEY = Symbol("game");

export function provideGame(store: GameStore): GameStore {
  return setContext(KEY, store);
}

export function useGame(): GameStore {
  return getContext<GameStore>(KEY);
}
