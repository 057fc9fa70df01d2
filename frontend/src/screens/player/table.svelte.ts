/**
 * The negotiation table as one seat works on it: which text is open, what is being written against it.
 * Drafts of a counter-offer live on this device until they are tabled; nobody else can know of them.
 */
import type { IssueSeen, OfferSeen, OfferVersionSeen, StanceSeen } from "../../protocol/entities";
import { changed, join, withLevel, type Counter, type Levels } from "../../lib/counter";
import { read, write } from "../../lib/kept.svelte";
import { newId, type GameStore, type Sent } from "../../store/game.svelte";

export type Mark = StanceSeen["marks"][string];

const LIVE = new Set(["draft", "tabled", "agreed", "signed"]);
const SAVE_AFTER_MS = 900;

export class TableDesk {
  /** Offer chosen by hand; otherwise the newest live one is open. */
  chosen = $state<string | null>(null);
  clean = $state(false);
  busy = $state(false);
  #counters = $state<Record<string, Counter>>({});
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly game: GameStore) {
    try {
      this.#counters = JSON.parse(read(this.#name) || "{}") as Record<string, Counter>;
    } catch {
      this.#counters = {};
    }
  }

  get #name(): string {
    return `track-one.counters.${this.game.id}`;
  }

  readonly offers = $derived.by(() =>
    this.game
      .all("offer")
      .map((offer) => ({ offer, n: this.game.mark("offer", offer.id)?.n ?? 0 }))
      .sort((a, b) => Number(LIVE.has(b.offer.status)) - Number(LIVE.has(a.offer.status)) || b.n - a.n)
      .map((one) => one.offer),
  );
  readonly offer = $derived.by<OfferSeen | undefined>(() => this.offers.find((o) => o.id === this.chosen) ?? this.offers[0]);
  readonly issues = $derived.by<IssueSeen[]>(() => this.game.all("issue").sort((a, b) => a.order - b.order));
  readonly live = $derived.by(() => this.offer !== undefined && LIVE.has(this.offer.status));
  readonly party = $derived.by(() => this.offer !== undefined && this.game.seat !== null && this.offer.parties.includes(this.game.seat));
  /** My own text that nobody but its readers has seen yet. */
  readonly drafting = $derived.by(() => this.offer?.status === "draft" && this.offer.author === this.game.seat);
  readonly version = $derived.by<OfferVersionSeen | undefined>(() => this.offer && this.game.get("offer_version", `${this.offer.id}@${this.offer.version}`));
  readonly counter = $derived.by<Counter | undefined>(() => this.offer && this.#counters[this.offer.id]);
  readonly base = $derived.by<Levels>(() => this.version?.levels ?? {});
  /** What the working column shows: the counter, or my unsent draft. */
  readonly working = $derived.by<Levels | undefined>(() => this.counter?.levels ?? (this.drafting ? this.base : undefined));
  readonly changes = $derived.by(() => this.counter ? changed(this.base, this.counter.levels) : []);
  readonly overtaken = $derived.by(() => this.counter !== undefined && !this.drafting && this.offer !== undefined && this.counter.against !== this.offer.version);
  readonly audience = $derived.by(() => this.offer ? [...new Set([...this.offer.parties, ...this.offer.readers])] : []);

  banked(issue: string): number | null {
    return this.game.get("issue", issue)?.banked ?? null;
  }

  versions(): OfferVersionSeen[] {
    const id = this.offer?.id;
    return this.game
      .all("offer_version")
      .filter((v) => v.offer === id && v.version > 0)
      .sort((a, b) => b.version - a.version);
  }

  stance(issue: string, seat: string): Mark | undefined {
    const { offer } = this;
    if (!offer) return undefined;
    const stated = this.game.get("stance", `${offer.id}@${offer.version}:${seat}`)?.marks[issue];
    if (stated) return stated;
    return offer.accepted.includes(seat) && issue in this.base ? "accept" : undefined;
  }

  start(): void {
    const { offer, version } = this;
    if (!offer || !version || this.counter) return;
    this.#put(offer.id, { against: offer.version, base: version.levels, levels: { ...version.levels }, note: "" });
  }

  edit(issue: string, level: number | null): void {
    const { offer } = this;
    if (!offer) return;
    const held = this.counter ?? { against: offer.version, base: this.base, levels: { ...this.base }, note: this.version?.note ?? "" };
    this.#put(offer.id, { ...held, levels: withLevel(held.levels, issue, level) });
    if (this.drafting) this.#saveSoon();
  }

  note(text: string): void {
    const { offer, counter } = this;
    if (offer && counter) this.#put(offer.id, { ...counter, note: text });
    if (this.drafting) this.#saveSoon();
  }

  drop(): void {
    if (this.offer) this.#put(this.offer.id, undefined);
  }

  joinTheirs(): void {
    const { offer, counter } = this;
    if (offer && counter) this.#put(offer.id, join(counter, offer.version, this.base));
  }

  /** Keep my text as it is, against the new version. */
  keepMine(): void {
    const { offer, counter } = this;
    if (offer && counter) this.#put(offer.id, { ...counter, against: offer.version, base: this.base });
  }

  async create(title: string, parties: string[], readers: string[]): Promise<Sent> {
    const id = newId("o");
    const levels: Levels = {};
    for (const issue of this.issues) if (issue.banked !== null && issue.banked > 0) levels[issue.id] = issue.banked;
    const sent = await this.game.send("offer.draft", { offer: id, parties, readers, title, levels, note: "" });
    if (sent.ok) this.chosen = this.game.has("offer", `${this.game.seat}:${id}`) ? `${this.game.seat}:${id}` : id;
    if (sent.ok) setTimeout(() => (this.chosen = this.game.all("offer").find((o) => o.id.endsWith(id))?.id ?? null), 300);
    return sent;
  }

  /** Save my unsent draft at the server, so that a colleague in my seat sees it too. */
  async save(): Promise<Sent | null> {
    clearTimeout(this.#saving);
    const { offer, counter } = this;
    if (!offer || !counter || !this.drafting) return null;
    const { parties, readers, title, id } = offer;
    const sent = await this.game.send("offer.draft", { offer: id, parties, readers, title, levels: counter.levels, note: counter.note });
    return sent;
  }

  /** Table the draft, or the counter as the next version. */
  async table(): Promise<Sent> {
    const { offer, counter } = this;
    if (!offer) return { ok: false, code: "", params: {}, text: "There is no text on the table." };
    this.busy = true;
    try {
      if (this.drafting) {
        const saved = await this.save();
        if (saved && !saved.ok) return saved;
        const sent = await this.game.send("offer.table", { offer: offer.id });
        if (sent.ok) this.#put(offer.id, undefined);
        return sent;
      }
      const sent = await this.game.send("offer.counter", { offer: offer.id, against: offer.version, levels: counter?.levels ?? {}, note: counter?.note ?? "" });
      if (sent.ok) this.#put(offer.id, undefined);
      return sent;
    } finally {
      this.busy = false;
    }
  }

  async mark(issue: string, mark: Mark): Promise<Sent | null> {
    const { offer } = this;
    if (!offer || !this.game.seat || offer.version < 1) return null;
    const held = this.game.get("stance", `${offer.id}@${offer.version}:${this.game.seat}`)?.marks ?? {};
    return this.game.send("offer.mark", { offer: offer.id, version: offer.version, marks: { ...held, [issue]: mark } });
  }

  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  #put(id: string, counter: Counter | undefined): void {
    const { [id]: _, ...rest } = this.#counters;
    this.#counters = counter ? { ...rest, [id]: counter } : rest;
    write(this.#name, JSON.stringify(this.#counters));
  }
}

/** Wording of an issue at a level. */
export function wording(issue: IssueSeen, level: number | null | undefined, missing = "Not in this text"): string {
  if (level === null || level === undefined) return missing;
  const found = issue.levels.find((l) => l.level === level);
  return found ? found.text || found.label : `Level ${level}`;
}

export function shortWording(issue: IssueSeen, level: number | null | undefined, missing: string): string {
  if (level === null || level === undefined) return missing;
  return issue.levels.find((l) => l.level === level)?.label ?? `Level ${level}`;
}
