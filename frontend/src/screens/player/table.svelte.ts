/**
 * The negotiation table as one seat works on it: which text is open, what is being written against it.
 * Drafts of a counter-offer live on this device until they are tabled; nobody else can know of them.
 */
import type { Annex, Detail, IssueSeen, OfferSeen, OfferVersionSeen, StanceSeen } from "../../protocol/entities";
import { changedBy, join, pruned, withDetail, withLevel, type Counter, type Details, type Levels } from "../../lib/counter";
import { read, write } from "../../lib/kept.svelte";
import { newId, type GameStore, type Sent } from "../../store/game.svelte";

export type Mark = StanceSeen["marks"][string];

const LIVE = new Set(["draft", "tabled", "agreed", "signed"]);
const SAVE_AFTER_MS = 900;
const EMPTY: Counter = { against: 0, base: {}, baseDetails: {}, levels: {}, details: {}, annexes: [], note: "", package: false, expires: null, sponsors: [] };

export class TableDesk {
  /** Offer chosen by hand; otherwise the newest live one is open. */
  chosen = $state<string | null>(null);
  clean = $state(false);
  busy = $state(false);
  #counters = $state<Record<string, Counter>>({});
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly game: GameStore) {
    try {
      const kept = JSON.parse(read(this.#name) || "{}") as Record<string, Partial<Counter>>;
      this.#counters = Object.fromEntries(Object.entries(kept).map(([id, counter]) => [id, { ...EMPTY, ...counter }]));
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
  /** The case's issues, then the side clauses this text holds, each as an issue of two levels. */
  readonly issues = $derived.by<IssueSeen[]>(() => {
    const held = new Set([...Object.keys(this.base), ...Object.keys(this.counter?.levels ?? {})]);
    const sides = this.game
      .all("clause")
      .filter((c) => !c.issue && held.has(c.id))
      .map((c) => ({ id: c.id, label: c.label, order: 1_000 + c.order, obligor: c.obligor, banked: c.banked ? 1 : 0, levels: [{ level: 0, label: "not agreed", text: "" }, { level: 1, label: "agreed", text: c.text || c.label }] }));
    return [...this.game.all("issue"), ...sides].sort((a, b) => a.order - b.order);
  });
  readonly live = $derived.by(() => this.offer !== undefined && LIVE.has(this.offer.status));
  readonly party = $derived.by(() => this.offer !== undefined && this.game.seat !== null && this.offer.parties.includes(this.game.seat));
  /** My own text that nobody but its readers has seen yet. */
  readonly drafting = $derived.by(() => this.offer?.status === "draft" && this.offer.author === this.game.seat);
  readonly version = $derived.by<OfferVersionSeen | undefined>(() => this.offer && this.game.get("offer_version", `${this.offer.id}@${this.offer.version}`));
  readonly counter = $derived.by<Counter | undefined>(() => this.offer && this.#counters[this.offer.id]);
  readonly base = $derived.by<Levels>(() => this.version?.levels ?? {});
  /** What the working column shows: the counter, or my unsent draft. */
  readonly working = $derived.by<Levels | undefined>(() => this.counter?.levels ?? (this.drafting ? this.base : undefined));
  readonly baseDetails = $derived.by<Details>(() => this.version?.details ?? {});
  /** The text being written, whole: the counter, or my unsent draft. */
  readonly writing = $derived.by<Counter | undefined>(() => this.counter ?? (this.drafting ? this.#fresh() : undefined));
  /** Control has it before it goes out: nobody writes in it, nobody tables it. */
  readonly held = $derived.by(() => this.offer?.gate === "held");
  /** Only its author writes a draft; a party may answer what is on the table. */
  readonly editable = $derived.by(() => this.live && !this.held && !this.game.me?.readOnly && (this.drafting || ((this.party || this.delegated("counter")) && this.offer?.status !== "draft" && (this.offer?.signed.length ?? 0) === 0)));
  readonly changes = $derived.by(() => this.counter ? changedBy({ ...this.counter, base: this.base, baseDetails: this.baseDetails }) : []);
  /** My answer has words of its own, written together with others: they alone make another version. */
  readonly reworded = $derived.by(() => {
    const pad = this.offer && this.offer.version > 0 ? this.game.get("pad", `${this.offer.id}@${this.game.seat}`) : undefined;
    return pad !== undefined && pad.open && (pad.edits > 0 || this.game.all("pad_edit").some((edit) => edit.pad === pad.id && edit.opening === pad.opening));
  });
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

  /** May this seat do that for the principal who is a party, under a mandate it holds? */
  delegated(act: string): boolean {
    const { offer } = this;
    return offer !== undefined && this.game.all("mandate").some((m) => m.seat === this.game.seat && m.state === "given" && (m.offer === "" || m.offer === offer.id) && (m.may as readonly string[]).includes(act) && offer.parties.includes(m.principal));
  }

  start(): void {
    const { offer, version } = this;
    if (!offer || !version || this.counter) return;
    this.#put(offer.id, { ...this.#fresh(), note: "" });
  }

  edit(issue: string, level: number | null): void {
    const held = this.#held();
    const levels = withLevel(held.levels, issue, level);
    this.#write({ ...held, levels, details: pruned(levels, held.details) });
  }

  /** Say more of a clause: when, who looks, what it waits for, in brackets, own words. */
  detail(key: string, patch: Partial<Detail>): void {
    const held = this.#held();
    this.#write({ ...held, details: withDetail(held.details, key, patch) });
  }

  /** Change what belongs to the text as a whole. */
  set(patch: Partial<Pick<Counter, "annexes" | "package" | "expires" | "sponsors" | "note">>): void {
    this.#write({ ...this.#held(), ...patch });
  }

  note(text: string): void {
    if (this.writing) this.set({ note: text });
  }

  drop(): void {
    if (this.offer) this.#put(this.offer.id, undefined);
  }

  joinTheirs(): void {
    const { offer, counter } = this;
    if (offer && counter) this.#put(offer.id, join(counter, offer.version, { levels: this.base, details: this.baseDetails }));
  }

  /** Keep my text as it is, against the new version. */
  keepMine(): void {
    const { offer, counter } = this;
    if (offer && counter) this.#put(offer.id, { ...counter, against: offer.version, base: this.base, baseDetails: this.baseDetails });
  }

  async create(title: string, parties: string[], readers: string[], writers: string[] = []): Promise<Sent> {
    const id = newId("o");
    const levels: Levels = {};
    for (const issue of this.issues) if (issue.banked !== null && issue.banked > 0) levels[issue.id] = issue.banked;
    const sent = await this.game.send("offer.draft", { offer: id, parties, readers, title, levels, note: "" });
    if (sent.ok && writers.length) void this.game.send("pad.share", { offer: id, editors: writers, readers: [] });
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
    const { levels, details, annexes, note, expires, sponsors } = counter;
    return this.game.send("offer.draft", { offer: id, parties, readers, title, levels, details, annexes, note, package: counter.package, expires, sponsors });
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
      const { levels, details, annexes, note, expires, sponsors } = counter ?? this.#fresh();
      const sent = await this.game.send("offer.counter", { offer: offer.id, against: offer.version, levels, details, annexes, note, package: counter?.package ?? false, expires: expires ?? 0, sponsors });
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

  /** The text as it stands, before anything is changed. */
  #fresh(): Counter {
    const { offer, version } = this;
    if (!offer) return EMPTY;
    const { levels, details } = { levels: this.base, details: this.baseDetails };
    return {
      against: offer.version,
      base: levels,
      baseDetails: details,
      levels: { ...levels },
      details: { ...details },
      annexes: [...((version?.annexes ?? []) as Annex[])],
      note: offer.version ? "" : (version?.note ?? ""),
      package: version?.package ?? false,
      expires: version?.expires ?? null,
      sponsors: offer.version ? [] : [...offer.invited],
    };
  }

  #held(): Counter {
    return this.counter ?? this.#fresh();
  }

  #write(counter: Counter): void {
    if (!this.offer) return;
    this.#put(this.offer.id, counter);
    if (this.drafting) this.#saveSoon();
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

/** Wording of an issue at a level: the text's own, else the case's. */
export function wording(issue: IssueSeen, level: number | null | undefined, missing = "Not in this text", details: Details = {}): string {
  if (level === null || level === undefined) return missing;
  const own = details[issue.id]?.wording;
  if (own) return own;
  const found = issue.levels.find((l) => l.level === level);
  return found ? found.text || found.label : `Level ${level}`;
}

export function shortWording(issue: IssueSeen, level: number | null | undefined, missing: string): string {
  if (level === null || level === undefined) return missing;
  return issue.levels.find((l) => l.level === level)?.label ?? `Level ${level}`;
}
