// What the job "lenses" came to (adjudication/attribution.py): every combination of lenses played, and what each lens owns. Pure.
export interface Share { value: number; low: number; high: number }
export interface Attributed { id: string; label: string; share: boolean; runs: number; none: number; all: number; lenses: Record<string, Share> }
export interface Attribution {
  runs: number;
  with_overrides: boolean;
  rulings: number;
  outcomes: Attributed[];
  /** Combination of lenses ("inst+lead", "none") -> outcome -> mean. */
  means: Record<string, Record<string, number>>;
  held_fixed: string;
  caveat: string;
}

export const LENS_WORDS: Record<string, string> = { lead: "Leaders' persons", inst: "Institutions and allies", rat: "Rational choice" };

/** The combinations, none first and all last, each with its words. */
export function combinations(found: Attribution): { id: string; words: string; size: number }[] {
  return Object.keys(found.means)
    .map((id) => {
      const names = id === "none" ? [] : id.split("+");
      return { id, size: names.length, words: names.length === 0 ? "No lens" : names.length === 3 ? "All" : names.map((n) => LENS_WORDS[n] ?? n).join(" + ") };
    })
    .sort((a, b) => a.size - b.size || a.id.localeCompare(b.id));
}

/** The outcome one lens or another owns most of, in parts of how far it moves over all combinations: what to show first. */
export function mostTelling(found: Attribution): Attributed | undefined {
  const weight = (one: Attributed): number => {
    const values = Object.values(found.means).map((table) => table[one.id] ?? 0);
    const span = Math.max(...values) - Math.min(...values);
    const size = Math.max(Math.abs(one.all), Math.abs(one.none), 1e-9);
    return one.share ? span : span / size;
  };
  return [...found.outcomes].sort((a, b) => weight(b) - weight(a))[0];
}
