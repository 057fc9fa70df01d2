// What the job "questions" came to (wargame/aar/questions): the questions of the case with their metrics, runs and dials. Pure.
import { figure, percent, signed } from "../../../charts/format";
import type { Interval } from "../../../charts/types";

export interface Metric { id: string; label: string; unit: string; value?: number | null; series?: { turn: number; value: number | null }[]; refs: number[] }
export interface RunOutcome { id: string; label: string; share: boolean; original: number; changed: number; delta: number; low: number; high: number; pairs: number }
export interface Run { id: string; label: string; change: string; note?: string; outcomes: RunOutcome[] }
export interface Sensitive { dial: string; label: string; low: number; high: number; effect_low: number; effect_high: number; outcome: string; outcome_label?: string; share?: boolean }
export interface Question { id: string; title: string; text: string; source: string; lens: string; finding: string; metrics: Metric[]; runs: Run[]; sensitive: Sensitive[]; held_fixed: string; refs: number[] }
export interface Questions { questions: Question[]; runs: number; seed_hash: string; rulings: number }

/** A number with its unit as a table shows it. */
export function withUnit(value: number, unit: string): string {
  if (unit === "share" || unit === "%") return percent(unit === "%" ? value / 100 : value);
  const text = figure(value, Math.abs(value) <= 1.5 && !Number.isInteger(value) ? 3 : 1);
  return unit && unit.length <= 14 ? `${text} ${unit}` : text;
}

/** The first known value, the last and the largest of a series by turn. */
export function courseOfMetric(metric: Metric): { first: number; last: number; top: number; topTurn: number } | null {
  const known = (metric.series ?? []).filter((p): p is { turn: number; value: number } => p.value !== null);
  if (known.length === 0) return null;
  const top = known.reduce((a, b) => (b.value > a.value ? b : a));
  return { first: known[0]!.value, last: known[known.length - 1]!.value, top: top.value, topTurn: top.turn };
}

export function intervalsOf(run: Run): Interval[] {
  return run.outcomes.map(({ id, label, share, original, changed, delta, low, high, pairs }) => ({ id, label, share, original, changed, delta, low, high, pairs }));
}

/** The measures a card shows: of each run its first outcome, played and counterfactual. */
export function cardRows(question: Question, most = 2): { label: string; run: string; played: string; changed: string }[] {
  return question.runs.slice(0, most).flatMap((run) => {
    const one = run.outcomes[0];
    if (!one) return [];
    const write = (value: number) => (one.share ? percent(value) : figure(value, Math.abs(value) <= 1.5 ? 3 : 1));
    return [{ label: one.label, run: run.label, played: write(one.original), changed: write(one.changed) }];
  });
}

export function effectWords(one: Sensitive, value: number): string {
  return one.share ? `${signed(value * 100, 1)} pp` : signed(value, Math.abs(value) < 1 ? 3 : 1);
}
