/** What the view reads of variables. Only lookups: nothing is estimated here. */
import type { ReadingSeen, VariableSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";
import { amount, range } from "./words";

/** The reading of a turn: the seat's own, or the newest that another seat briefed. */
export function readingAt(game: GameStore, variable: string, turn: number): ReadingSeen | undefined {
  const own = game.get("reading", `${variable}@${turn}`);
  if (own) return own;
  return game.all("reading").findLast((r) => r.variable === variable && r.turn === turn);
}

/** The newest reading up to this turn, which may be of an earlier turn. */
export function readingNow(game: GameStore, variable: string): ReadingSeen | undefined {
  const turn = game.game?.turn ?? 0;
  let best: ReadingSeen | undefined;
  for (const one of game.all("reading")) {
    if (one.variable !== variable || one.turn > turn + 1) continue;
    if (!best || one.turn > best.turn || (one.turn === best.turn && best.briefed_by && !one.briefed_by)) best = one;
  }
  return best;
}

export function history(game: GameStore, variable: string): (number | null)[] {
  const byTurn = new Map<number, ReadingSeen>();
  for (const one of game.all("reading")) {
    if (one.variable === variable && (!byTurn.has(one.turn) || !one.briefed_by)) byTurn.set(one.turn, one);
  }
  const last = Math.max(0, ...byTurn.keys());
  return Array.from({ length: last }, (_, i) => byTurn.get(i + 1)?.value ?? null);
}

export function variables(game: GameStore): VariableSeen[] {
  return game.all("variable").sort((a, b) => a.order - b.order);
}

/** Players never see a bare number for a noisy value: a range for estimates, a word for bands. */
export function shown(reading: ReadingSeen | undefined, unit = ""): string {
  if (!reading) return "not known";
  if (reading.mode === "band") return reading.band;
  if (reading.mode === "estimate" && reading.low != null && reading.high != null) return range(reading.low, reading.high, unit);
  return reading.value == null ? "not known" : amount(reading.value, unit);
}
