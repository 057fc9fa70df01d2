/** A counter-offer while it is written: levels against a version, and what to do when that version is overtaken. */

export type Levels = Record<string, number>;

export interface Counter {
  against: number;
  base: Levels;
  levels: Levels;
  note: string;
}

export function changed(base: Levels, levels: Levels): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(levels)])].filter((issue) => base[issue] !== levels[issue]);
}

/** Set one level; null takes the clause out of the text. */
export function withLevel(levels: Levels, issue: string, level: number | null): Levels {
  const { [issue]: _, ...rest } = levels;
  return level === null ? rest : { ...rest, [issue]: level };
}

/** Bring a counter up to a newer version: mine where I changed something, theirs elsewhere. */
export function join(counter: Counter, version: number, theirs: Levels): Counter {
  let levels: Levels = { ...theirs };
  for (const issue of changed(counter.base, counter.levels)) levels = withLevel(levels, issue, counter.levels[issue] ?? null);
  return { ...counter, against: version, base: theirs, levels };
}

/** Clauses both sides changed since, to different levels. */
export function conflicts(counter: Counter, theirs: Levels): string[] {
  const mine = new Set(changed(counter.base, counter.levels));
  return changed(counter.base, theirs).filter((issue) => mine.has(issue) && counter.levels[issue] !== theirs[issue]);
}
