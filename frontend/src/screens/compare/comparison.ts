// What the server says of many games side by side, and what can be read off it. Pure: no fetch, no DOM.
import { figure, percent } from "../../charts/format";
import type { Shape, TurnLabel, TurnValue } from "../../charts/types";

export interface Group {
  id: string;
  label: string;
  note: string;
  games: string[];
}

export interface Point extends TurnValue {
  /** Event of the game's log that says so. */
  ref: number;
}

export interface PathLine {
  id: string;
  label: string;
  unit: string;
  low: number;
  high: number;
  family: string;
  headline: boolean;
  by_game: Record<string, Point[]>;
}

export interface Spread {
  group: string;
  n: number;
  /** How many of the n have ended; all of them where the measure is tested. */
  ended: number;
  mean: number;
  median: number;
  low: number;
  high: number;
  quartiles: [number, number] | null;
}

export type Family = "outcome" | "index" | "variable" | "conduct" | "goal";

export interface Measure {
  id: string;
  label: string;
  unit: string;
  family: Family;
  values: Record<string, number>;
  spreads: Spread[];
  test: { p: number; adjusted: number; difference: number | null; superiority: number | null } | null;
}

export interface Deal {
  title: string;
  parties: string[];
  form: string;
  turn: number;
  status: string;
  ended_turn: number | null;
  clauses: [string, number][];
}

export interface Standing {
  id: string;
  title: string;
  group: string;
  case: string;
  preset: string;
  turns: number;
  played: number;
  ended: boolean;
  ended_reason: string;
  war: number;
  deals: Deal[];
  meetings: [number, string][];
  refs: Record<string, number>;
}

export interface Comparison {
  groups: Group[];
  games: Standing[];
  turns: string[];
  first_turn: number;
  lines: PathLine[];
  measures: Measure[];
  sampling: { games: number; allowed: number; exact: boolean; smallest: number; tests: number; why_not: string; assumes: string[] };
  notes: string[];
}

export const FAMILIES: Record<Family, string> = {
  outcome: "Outcomes",
  index: "Indices at the end",
  variable: "Headline variables at the end",
  conduct: "What was done",
  goal: "Goals of the seats at the end",
};

const SHAPES: Shape[] = ["circle", "ring", "triangle", "square", "diamond", "hexagon"];
/** Groups have shapes, not colours: colours belong to teams. */
export const shapeOf = (place: number): Shape => SHAPES[place % SHAPES.length]!;

export const turnLabels = (found: Comparison): TurnLabel[] => found.turns.map((label, at) => ({ turn: found.first_turn + at, label }));

/** How a value of a measure is written: shares and chances as per cent, small numbers with two decimals. */
export function write(unit: string, most = 100): (value: number) => string {
  if (unit === "share" || unit === "chance") return percent;
  return (value) => figure(value, most <= 2 ? 2 : 1);
}

/** The mean of a group at each turn, over the games that have come so far. */
export function meanPath(line: PathLine, games: readonly string[]): TurnValue[] {
  const values = new Map<number, number[]>();
  for (const game of games) for (const point of line.by_game[game] ?? []) values.set(point.turn, [...(values.get(point.turn) ?? []), point.value]);
  return [...values].sort(([a], [b]) => a - b).map(([turn, all]) => ({ turn, value: all.reduce((sum, one) => sum + one, 0) / all.length }));
}

/** A p as it is written: never as nothing. */
export const pText = (p: number): string => (p < 0.001 ? "<0.001" : p.toFixed(3));

/** The address of the same games in other groups: commas within a group, semicolons between. */
export function gamesQuery(order: readonly string[], groupOf: ReadonlyMap<string, number>): string {
  const groups = new Map<number, string[]>();
  for (const game of order) {
    const group = groupOf.get(game) ?? 0;
    groups.set(group, [...(groups.get(group) ?? []), game]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, games]) => games.join(",")).join(";");
}

/** The id of a game out of what somebody pasted: an id, or the address of one of its pages. */
export function gameIn(pasted: string): string {
  const text = pasted.trim();
  return /\/[gr]\/([^/?#]+)/.exec(text)?.[1] ?? text;
}
