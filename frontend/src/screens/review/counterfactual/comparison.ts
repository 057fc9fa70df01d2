// What a counterfactual came to (adjudication/counterfactual.py: Comparison), and what charts draw of it. Pure.
import type { Band, Interval, Line } from "../../../charts/types";

/** Means, the difference of pairs, where nine pairs in ten of it lie, and (`mean_`) the 90 % interval of its mean. */
export interface Compared { original: number; changed: number; delta: number; low: number; high: number; mean_low?: number; mean_high?: number }
export interface Ended { id: string; label: string; share: boolean; pairs: number; band: Compared }
export interface TurnCompared { turn: number; label: string; pairs: number; indices: Record<string, Compared>; variables: Record<string, Compared>; clauses: Record<string, Compared>; risk: Record<string, Compared>; events: Record<string, Compared> }
export interface Divergence { turn: number; label: string; stage: number; rule: string; cause: string; variable: string | null; original: number; changed: number }
export interface Chance { turn: number; key: string; u: number; original: string; changed: string; threshold_original: number | null; threshold_changed: number | null }
export interface Comparison {
  scenario: string;
  runs: number;
  from_turn: number;
  lenses: string[];
  with_overrides: boolean;
  without_rulings?: string[];
  rulings: number;
  reproduced: boolean | null;
  held_fixed: string;
  ended: Ended[];
  turns: TurnCompared[];
  divergence: Divergence | null;
  chances: Chance[];
  happened: [number, string, string][];
}

/** What the job gives: what was asked in words, and the comparison. */
export interface Counterfactual { words: string[]; held_fixed: string; comparison: Comparison }

export function endedRows(found: Comparison): Interval[] {
  return found.ended.map(({ id, label, share, pairs, band }) => interval({ id, label, share, pairs, ...band }));
}

/** The ends of a difference: of a share of runs the 90 % interval of the mean, else where nine pairs in ten lie. */
export function endsOf(one: Compared, share: boolean): { low: number; high: number } {
  return share ? { low: one.mean_low ?? one.low, high: one.mean_high ?? one.high } : { low: one.low, high: one.high };
}

/** A difference as it is drawn: of shares the interval of the mean, since one pair of runs differs by all or nothing. */
export function interval<T extends Compared & { id: string; label: string; share: boolean; pairs?: number }>(one: T): Interval {
  const { id, label, share, original, changed, delta } = one;
  const { low, high } = endsOf(one, share);
  return { id, label, share, original, changed, delta, low, high, ...(one.pairs === undefined ? {} : { pairs: one.pairs }) };
}

/** Over how many pairs or runs some numbers were had, where they differ. */
export function spanOf(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.length === 0 ? "0" : least === most ? String(most) : `${least} to ${most}`;
}

export type Table = "variables" | "indices" | "risk" | "clauses" | "events";

/** Every series the turns have, in the order they first appear. */
export function seriesOf(found: Comparison): { table: Table; id: string }[] {
  const tables: Table[] = ["variables", "indices", "risk", "clauses", "events"];
  return tables.flatMap((table) => [...new Set(found.turns.flatMap((turn) => Object.keys(turn[table])))].map((id) => ({ table, id })));
}

export function pointsOf(found: Comparison, table: Table, id: string): ({ turn: number; pairs: number } & Compared)[] {
  return found.turns.flatMap((turn) => (turn[table][id] ? [{ turn: turn.turn, pairs: turn.pairs, ...turn[table][id] }] : []));
}

/** How much a difference weighs beside others: of a share the share itself, else against the size of the outcome. */
export function weightOf(row: Interval): number {
  return row.share ? Math.abs(row.delta) : Math.abs(row.delta) / Math.max(10, Math.abs(row.original), Math.abs(row.changed));
}

/** Whether nine pairs in ten differ to the same side, by more than nothing. */
export const isClear = (row: Interval): boolean => (row.low > 0 || row.high < 0) && weightOf(row) >= 0.005;

/** The series that is moved most, by the difference at its largest against how far it ranges: what to look at first. */
export function mostMoved(found: Comparison, table: Table, ids: readonly string[]): string | undefined {
  const weight = (id: string): number => {
    const points = pointsOf(found, table, id);
    const values = points.flatMap((p) => [p.original, p.changed]);
    const span = Math.max(...values) - Math.min(...values);
    const size = Math.max(span, 0.2 * Math.max(...values.map(Math.abs)));
    return size > 1e-9 ? Math.max(...points.map((p) => Math.abs(p.delta))) / size : 0;
  };
  return [...ids].map((id) => ({ id, w: weight(id) })).filter((one) => one.w > 0).sort((a, b) => b.w - a.w)[0]?.id;
}

/**
 * Solid: as it was, played again. Dashed with a band: with the change; the band is where nine pairs in ten differ to, and of
 * a share of runs, of which a pair differs by all or nothing, the 90 % interval of the mean.
 */
export function linesOf(points: ReturnType<typeof pointsOf>, table: Table): { lines: Line[]; bands: Band[] } {
  const ends = points.map((p) => ({ turn: p.turn, original: p.original, ...endsOf(p, table === "events") }));
  return {
    lines: [
      { id: "changed", label: "Changed", pair: "est", shape: "none", dashed: true, points: points.map((p) => ({ turn: p.turn, value: p.changed })) },
      { id: "original", label: "Played again", pair: "ink", shape: "none", points: points.map((p) => ({ turn: p.turn, value: p.original })) },
    ],
    bands: [{ id: "pairs", points: ends.map((p) => ({ turn: p.turn, low: p.original + p.low, high: p.original + p.high })) }],
  };
}
