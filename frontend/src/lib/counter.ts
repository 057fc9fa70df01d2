/** A text while it is written: levels and details against a version, and what to do when that version is overtaken. */
import type { Annex, Detail } from "../protocol/entities";
import { changedClauses, PLAIN, type Details, type Levels, type TextShown } from "./clauses";

export type { Details, Levels } from "./clauses";

export interface Counter {
  against: number;
  base: Levels;
  baseDetails: Details;
  levels: Levels;
  details: Details;
  annexes: Annex[];
  note: string;
  package: boolean;
  expires: number | null;
  sponsors: string[];
}

export function changed(base: Levels, levels: Levels): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(levels)])].filter((issue) => base[issue] !== levels[issue]);
}

/** Clauses a counter changes against its base, in level or in detail. */
export function changedBy(counter: Counter): string[] {
  return changedClauses({ levels: counter.base, details: counter.baseDetails }, counter);
}

/** Set one level; null takes the clause out of the text. */
export function withLevel(levels: Levels, issue: string, level: number | null): Levels {
  const { [issue]: _, ...rest } = levels;
  return level === null ? rest : { ...rest, [issue]: level };
}

/** Set parts of a detail. What says nothing any more is left out. */
export function withDetail(details: Details, key: string, patch: Partial<Detail>): Details {
  const { [key]: held, ...rest } = details;
  const next = { ...PLAIN, ...held, ...patch };
  const plain = (Object.keys(PLAIN) as (keyof Detail)[]).every((name) => next[name] === PLAIN[name]);
  return plain ? rest : { ...rest, [key]: next };
}

/** Details of clauses that are in the text; one that left takes its dependants' wait with it. */
export function pruned(levels: Levels, details: Details): Details {
  let out: Details = {};
  for (const [key, detail] of Object.entries(details)) {
    if (key in levels) out = withDetail(out, key, detail.after && !(detail.after in levels) ? { ...detail, after: "" } : detail);
  }
  return out;
}

/** Bring a counter up to a newer version: mine where I changed something, theirs elsewhere. */
export function join(counter: Counter, version: number, theirs: TextShown): Counter {
  let levels: Levels = { ...theirs.levels };
  let details: Details = { ...theirs.details };
  for (const key of changedBy(counter)) {
    levels = withLevel(levels, key, counter.levels[key] ?? null);
    details = withDetail(details, key, { ...PLAIN, ...counter.details[key] });
  }
  return { ...counter, against: version, base: theirs.levels, baseDetails: theirs.details, levels, details: pruned(levels, details) };
}

/** Clauses both sides changed since, to different levels or details. */
export function conflicts(counter: Counter, theirs: TextShown): string[] {
  const mine = new Set(changedBy(counter));
  const differ = new Set(changedClauses(counter, theirs));
  return changedClauses({ levels: counter.base, details: counter.baseDetails }, theirs).filter((key) => mine.has(key) && differ.has(key));
}
