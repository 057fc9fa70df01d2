// What the whole review shares: the report, the moment it stands at, and the claim whose evidence lies open.
// Charts, tables and the timeline read it and write it: a point shows the events behind it, an event marks the points
// that rest on it. It knows no chart and asks no server.
import { getContext, setContext } from "svelte";
import { countUpTo } from "../../store/past.svelte";
import { momentsOf, placesOf, type Report, type ReportStep } from "./report";

/** Something the review says, with the events that say so. */
export interface ShownClaim {
  title: string;
  refs: readonly number[];
}

/** An event as a list of evidence shows it. `exact`: false where the event has no line of its own. */
export interface Evidence {
  ref: number;
  step: ReportStep | undefined;
  exact: boolean;
}

export class ReviewDesk {
  report = $state.raw<Report | null>(null);
  /** The number of the event (truth) or row (a seat) the page stands at; null: at the end. */
  seq = $state<number | null>(null);
  claim = $state.raw<ShownClaim | null>(null);

  readonly moments = $derived(this.report ? momentsOf(this.report) : []);
  readonly places = $derived(placesOf(this.moments));
  readonly index = $derived.by(() => {
    const last = Math.max(0, this.moments.length - 1);
    if (this.seq === null) return last;
    const before = countUpTo(this.moments.length, (i) => this.moments[i]!.seq, this.seq - 1);
    return Math.min(before, last);
  });
  readonly moment = $derived<ReportStep | undefined>(this.moments[this.index]);
  /** Where the moment stands on the axis of turns. */
  readonly at = $derived(this.moment ? (this.places.get(this.moment.seq) ?? 0) : 0);
  /** Events that are to be seen in the charts: those behind the open claim, else the one stood at if it was chosen. */
  readonly lit = $derived<ReadonlySet<number>>(new Set(this.claim ? this.claim.refs : this.seq === null || !this.moment ? [] : [this.moment.seq]));

  /** Stand at an event, or at the next moment a reader can stand at. */
  seek(seq: number): void {
    this.seq = seq;
  }

  /** Stand at a moment by its place in the list. */
  stand(index: number): void {
    const moment = this.moments[Math.max(0, Math.min(this.moments.length - 1, index))];
    if (moment) this.seq = moment.seq;
  }

  /** Lay the events behind a claim open. One event alone is also stood at. */
  show(refs: readonly number[] | undefined, title: string): void {
    if (!refs || refs.length === 0) return;
    this.claim = { title, refs };
    if (refs.length === 1) this.seek(refs[0]!);
  }

  put(): void {
    this.claim = null;
  }

  /** Whether something that rests on these events is to be marked. */
  marks(refs: readonly number[] | undefined): boolean {
    if (!refs || this.lit.size === 0) return false;
    return refs.some((ref) => this.lit.has(ref));
  }

  /** The events of a claim with their lines. Reading and drafting have none: the line before them says when it was. */
  evidence(refs: readonly number[]): Evidence[] {
    return refs.map((ref) => {
      const count = countUpTo(this.moments.length, (i) => this.moments[i]!.seq, ref);
      const step = this.moments[Math.max(0, count - 1)];
      return { ref, step, exact: step?.seq === ref };
    });
  }
}

const KEY = Symbol("review");

export function provideReview(desk: ReviewDesk): ReviewDesk {
  return setContext(KEY, desk);
}

/** The review's desk; a page shown by itself (a test, a document) has one of its own. */
export function useReview(): ReviewDesk {
  return getContext<ReviewDesk | undefined>(KEY) ?? new ReviewDesk();
}
