/**
 * What one reader looks at on the page of a text: which version, against which other, which clause is open.
 * The address holds it (`?v=4&against=3`), so that a link shows the same. Writing is the table's desk.
 */
import type { Annex, OfferVersionSeen } from "../../protocol/entities";
import { changedClauses, PLAIN, rows, type Details, type Levels, type Row, type TextShown } from "../../lib/clauses";
import { padKey } from "../../lib/pads";
import { router } from "../../router/router.svelte";
import type { GameStore } from "../../store/game.svelte";
import type { Mark, TableDesk } from "../player/table.svelte";

/** A version in the rail: tabled ones by number, and what is being written. */
export interface Edition extends TextShown {
  /** "4", or "draft". */
  id: string;
  name: string;
  number: number;
  author: string;
  draft: boolean;
  /** Being written by this seat, not by one that only lets it write along. */
  mine: boolean;
  note: string;
  annexes: readonly Annex[];
  atMs: number;
  turn: number;
}

/** Compare with what is in force; "none": show the clean text. */
export const FORCE = "force";
export const NONE = "none";

function edition(id: string, v: Pick<OfferVersionSeen, "version" | "note" | "annexes" | "levels" | "details" | "at_ms" | "turn">, who: Pick<Edition, "author" | "draft" | "mine">): Edition {
  return { id, name: `v${v.version}`, number: v.version, note: v.note, annexes: v.annexes, levels: v.levels, details: v.details, atMs: v.at_ms, turn: v.turn, ...who };
}

export class ProposalView {
  open = $state<string | null>(null);
  /** What drafts written together say now: pad -> clause -> words. */
  together = $state.raw<Record<string, Record<string, string>>>({});

  constructor(
    readonly game: GameStore,
    readonly desk: TableDesk,
  ) {}

  readonly offer = $derived.by(() => this.desk.offer);

  /** Newest first: what is being written, by this seat or with another, then what was tabled. */
  readonly editions = $derived.by<Edition[]>(() => {
    const { desk, game, offer } = this;
    if (!offer) return [];
    const tabled = desk.versions().map((v) => edition(String(v.version), v, { author: v.author, draft: false, mine: false }));
    const next = { name: offer.version ? `v${offer.version + 1}` : "draft", number: offer.version + 1, turn: game.game?.turn ?? offer.turn, draft: true };
    const base = desk.version;
    const out: Edition[] = [];
    if (desk.writing) {
      const author = offer.version ? (game.seat ?? offer.author) : offer.author;
      out.push({ ...edition("draft", { ...desk.writing, version: 0, at_ms: base?.at_ms ?? 0, turn: next.turn }, { author, draft: true, mine: true }), ...next });
    } else if (offer.status === "draft" && base) out.push({ ...edition("draft", base, { author: offer.author, draft: true, mine: false }), ...next });
    for (const pad of game.all("pad")) {
      if (pad.offer !== offer.id || !pad.open || !pad.counter || pad.seat === game.seat || !base) continue;
      out.push({ ...edition(`with.${pad.seat}`, base, { author: pad.seat, draft: true, mine: false }), ...next, note: "" });
    }
    return [...out.map((e) => ({ ...e, details: this.#worded(e) })), ...tabled];
  });

  /** Details with the words as they stand in a draft written together. */
  #worded(edition: Edition): Details {
    const words = this.together[this.padOf(edition)];
    if (!words) return edition.details;
    const out: Details = { ...edition.details };
    for (const key of Object.keys(edition.levels)) {
      const said = words[key];
      if (said !== undefined && said !== (out[key]?.wording ?? "")) out[key] = { ...PLAIN, ...out[key], wording: said };
    }
    return out;
  }

  /** Key of the pad an edition being written has, whether it is open or not. */
  padOf(edition: Edition): string {
    return this.offer ? padKey(this.offer, edition.author) : "";
  }

  readonly shown = $derived.by<Edition | undefined>(() => {
    const asked = router.query.get("v");
    return this.editions.find((e) => e.id === asked) ?? this.editions[0];
  });

  readonly force = $derived.by<TextShown>(() => {
    const levels: Levels = {};
    for (const issue of this.game.all("issue")) if (issue.banked) levels[issue.id] = issue.banked;
    for (const clause of this.game.all("clause")) if (!clause.issue && clause.banked) levels[clause.id] = 1;
    return { levels, details: {} satisfies Details };
  });

  /** Id of what the shown version is compared with. */
  readonly againstId = $derived.by<string>(() => {
    const asked = router.query.get("against");
    if (asked === NONE || asked === FORCE) return asked;
    if (asked && asked !== this.shown?.id && this.editions.some((e) => e.id === asked)) return asked;
    const at = this.editions.findIndex((e) => e.id === this.shown?.id);
    return this.editions[at + 1]?.id ?? FORCE;
  });

  readonly against = $derived.by<TextShown | undefined>(() => {
    if (this.againstId === NONE) return undefined;
    return this.editions.find((e) => e.id === this.againstId) ?? this.#forceHere();
  });

  /** What is in force of the clauses shown: a text that is silent on something takes nothing back. */
  #forceHere(): TextShown {
    const shown = this.shown?.levels ?? {};
    return { levels: Object.fromEntries(Object.entries(this.force.levels).filter(([key]) => key in shown)), details: {} };
  }

  readonly againstName = $derived.by<string>(() => {
    if (this.againstId === NONE) return "";
    return this.editions.find((e) => e.id === this.againstId)?.name ?? "what is in force";
  });

  readonly rows = $derived.by<Row[]>(() => (this.shown ? rows(this.game, this.shown, this.against) : []));

  readonly newest = $derived.by(() => this.shown !== undefined && !this.shown.draft && this.shown.number === this.offer?.version);

  /** Everybody at the table, parties first. */
  readonly columns = $derived.by<string[]>(() => {
    const { offer } = this;
    if (!offer) return [];
    const side = (seat: string): string => this.game.get("seat", seat)?.side ?? "";
    const seats = [...new Set([...offer.parties, ...offer.sponsors, ...offer.readers])];
    const mine = this.game.seat;
    const rank = (seat: string): number => (seat === mine ? 0 : offer.parties.includes(seat) ? 1 : mine && side(seat) === side(mine) ? 2 : 3);
    return seats.sort((a, b) => rank(a) - rank(b)).slice(0, 8);
  });

  readonly bracketed = $derived.by(() => this.rows.filter((r) => r.level !== undefined && (r.detail.bracketed || this.contested(r.key))).length);

  show(id: string): void {
    router.set({ v: id === this.editions[0]?.id ? null : id, against: null });
  }

  compare(id: string): void {
    router.set({ against: id });
  }

  /** Clean text and back. */
  clean(): void {
    router.set({ against: this.againstId === NONE ? null : NONE });
  }

  step(by: number): void {
    const at = this.editions.findIndex((e) => e.id === this.shown?.id);
    const next = this.editions[at + by];
    if (next) this.show(next.id);
  }

  /** A position as stated on the version shown; on a draft, the last one stated on a version it grew from. */
  stance(key: string, seat: string): Mark | undefined {
    const { offer, shown } = this;
    if (!offer || !shown) return undefined;
    if (!shown.draft) {
      const stated = this.game.get("stance", `${offer.id}@${shown.number}:${seat}`)?.marks[key];
      return stated ?? (this.newest && offer.accepted.includes(seat) && key in shown.levels ? "accept" : undefined);
    }
    for (let version = offer.version; version > 0; version -= 1) {
      const stated = this.game.get("stance", `${offer.id}@${version}:${seat}`)?.marks[key];
      if (stated) return stated;
    }
    return undefined;
  }

  contested(key: string): boolean {
    return this.columns.some((seat) => this.stance(key, seat) === "bracket");
  }

  /** The last wording of a clause this seat put forward itself. */
  lastBy(seat: string, key: string): Edition | undefined {
    return this.editions.find((e) => !e.draft && e.author === seat && key in e.levels);
  }

  /** What became of a version, in words. */
  outcome(edition: Edition): string {
    const { offer } = this;
    const older = this.editions[this.editions.indexOf(edition) + 1];
    const count = older ? changedClauses(older, edition).length : 0;
    const moved = older ? `${count} ${count === 1 ? "clause" : "clauses"} changed since ${older.name}` : "First text";
    if (!offer || edition.draft || edition.number === offer.version) return moved;
    const later = this.editions.find((e) => e.number === edition.number + 1 && !e.draft);
    const by = later ? (this.game.get("seat", later.author)?.short ?? later.author) : "";
    return by ? `${moved}. Answered by ${by}` : moved;
  }
}
