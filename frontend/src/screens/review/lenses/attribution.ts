// What the job "lenses" came to (wargame/aar/lens_panel.py): each set of lenses played, and what each lens owns. Pure.
import type { Compared } from "../counterfactual/comparison";

export interface Share { value: number; low: number; high: number }
export interface Attributed { id: string; label: string; share: boolean; runs: number; none: number; all: number; lenses: Record<string, Share> }
export interface Beside extends Compared { id: string; label: string; share: boolean; pairs: number }
export interface LensPanel {
  runs: number;
  played_under: string[];
  rulings: number;
  labels: Record<string, string>;
  method: string;
  held_fixed: string;
  caveat: string;
  /** Each named set of lenses beside the game as it was played. */
  sets: { id: string; label: string; lenses: string[]; outcomes: Beside[] }[];
  outcomes: Attributed[];
  /** Combination of lenses ("inst+lead", "none") -> outcome -> mean. */
  means: Record<string, Record<string, number>>;
}

/** The combinations, none first and all last, each with its words. */
export function combinations(found: LensPanel): { id: string; words: string; size: number }[] {
  return Object.keys(found.means)
    .map((id) => {
      const names = id === "none" ? [] : id.split("+");
      return { id, size: names.length, words: names.length === 0 ? "No lens" : names.length === 3 ? "All three" : names.map((n) => found.labels[n] ?? n).join(" + ") };
    })
    .sort((a, b) => a.size - b.size || a.id.localeCompare(b.id));
}

/** The outcome the combinations move most: what to show first. */
export function mostTelling(found: LensPanel): Attributed | undefined {
  const weight = (one: Attributed): number => {
    const values = Object.values(found.means).map((table) => table[one.id] ?? 0);
    const span = Math.max(...values) - Math.min(...values);
    return one.share ? span : span / Math.max(10, Math.abs(one.all), Math.abs(one.none));
  };
  return [...found.outcomes].sort((a, b) => weight(b) - weight(a))[0];
}
