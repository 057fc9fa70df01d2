// What the job "questions" came to (wargame/aar/questions): the questions of the case with their metrics, runs and dials. Pure.
import { figure, percent, signed } from "../../../charts/format";
import type { Interval } from "../../../charts/types";
import { interval, type Compared } from "../counterfactual/comparison";

export interface Metric { id: string; label: string; unit: string; kind: string; value?: number | null; series?: { turn: number; value: number | null }[]; refs: number[] }
export interface RunOutcome extends Compared { id: string; label: string; share: boolean; pairs: number; differ?: number }
export interface Run { id: string; label: string; change: string; note: string; runs: number; held_fixed: string; outcomes: RunOutcome[] }
/** A number of the model turned to its ends: the difference the first run then makes, and with the number as it is. */
export interface Sensitive { dial: string; label: string; low: number; high: number; scale: boolean; effect_low: number; effect_high: number; base: number; pairs: number; outcome: string; outcome_label: string; share: boolean }
/** What each lens adds to an outcome (Shapley values): they add up to all lenses less none. */
export interface LensShare { id: string; label: string; share: boolean; runs: number; none: number; all: number; lenses: Record<string, { value: number; low: number; high: number }> }
export interface Question { id: string; title: string; text: string; source: string; lens: string; finding: string; metrics: Metric[]; runs: Run[]; sensitive: Sensitive[]; dials_turned: number; shares?: LensShare[]; held_fixed: string; refs: number[] }
export interface Questions { questions: Question[]; runs: number; seed_hash: string; rulings: number; method: string }

/** Kinds of metrics that are a share or a chance, 0 to 1. */
const SHARES: ReadonlySet<string> = new Set(["p_clash", "p_war", "war_risk", "share_of_orders", "fidelity", "zopa", "winset", "feasible", "hazard_part", "breakdown", "lasting", "detection"]);

/** A value of a metric as a table shows it. */
export function valueOf(metric: Metric, value: number): string {
  if (SHARES.has(metric.kind)) return percent(value);
  return figure(value, Math.abs(value) <= 1.5 && !Number.isInteger(value) ? 3 : 1);
}

/** The first known value, the last and the largest of a series by turn. */
export function courseOfMetric(metric: Metric): { first: number; last: number; top: number; topTurn: number } | null {
  const known = (metric.series ?? []).filter((p): p is { turn: number; value: number } => p.value !== null);
  if (known.length === 0) return null;
  const top = known.reduce((a, b) => (b.value > a.value ? b : a));
  return { first: known[0]!.value, last: known[known.length - 1]!.value, top: top.value, topTurn: top.turn };
}

export function intervalsOf(run: Run): Interval[] {
  return run.outcomes.map(interval);
}

/** The answer in one line, for a card: the first run and its first outcome. The wording rule stands over the cards. */
export function briefly(question: Question): string {
  const run = question.runs[0];
  const row = run?.outcomes[0];
  if (!run || !row) return "No pair of runs could be compared, so that it gives no answer.";
  const write = (value: number) => (row.share ? percent(value) : figure(value, Math.abs(value) <= 1.5 ? 3 : 1));
  const change = (value: number) => (row.share ? signed(value * 100, 1) : signed(value, Math.abs(row.delta) <= 1.5 ? 3 : 1));
  const label = row.label.charAt(0).toLowerCase() + row.label.slice(1);
  const [low, high] = [row.mean_low ?? row.low, row.mean_high ?? row.high];
  const pairs = `${row.pairs} pairs`;
  const interval = low === 0 && high === 0 ? pairs : `90% interval ${change(low)} to ${change(high)}${row.share ? " points" : ""}, ${pairs}`;
  if (row.differ === 0) return `${run.label}: no difference to ${label} in any pair, ${write(row.original)} either way (${interval}).`;
  return `${run.label}: ${label} ${write(row.changed)} instead of ${write(row.original)} (${interval}).`;
}

/** The measures a card shows: what the first run does to each of its outcomes, as played again and changed. */
export function cardRows(question: Question, most = 3): { label: string; played: string; changed: string }[] {
  return (question.runs[0]?.outcomes ?? []).slice(0, most).map((one) => {
    const write = (value: number) => (one.share ? percent(value) : figure(value, Math.abs(value) <= 1.5 && one.original !== 0 ? 3 : 1));
    return { label: one.label, played: write(one.original), changed: write(one.changed) };
  });
}

export function effectWords(one: Sensitive, value: number): string {
  return one.share ? `${signed(value * 100, 1)} pp` : signed(value, Math.abs(value) < 1 ? 3 : 1);
}

export function shareWords(one: LensShare, value: number): string {
  return one.share ? `${signed(value * 100, 1)} pp` : signed(value, 1);
}
