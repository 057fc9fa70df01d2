/**
 * A text as rows of clauses: catalogue code, wording, when it is due, who checks it, and what changed against
 * another version. Only lookups: levels, details and the catalogue are what the view was told.
 */
import type { CatalogueSeen, Detail, IssueSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

export type Details = Record<string, Detail>;
export type Levels = Record<string, number>;

/** One version of a text, tabled or still being written. */
export interface TextShown {
  levels: Levels;
  details: Details;
}

export interface Row {
  /** Issue or side clause. */
  key: string;
  label: string;
  codes: string[];
  issue: IssueSeen | undefined;
  /** What the catalogue says of this clause at the level shown. */
  entry: CatalogueSeen | undefined;
  level: number | undefined;
  before: number | undefined;
  detail: Detail;
  text: string;
  textBefore: string;
  obligor: string;
  verified: string;
  changed: boolean;
}

export const PLAIN: Detail = { due: null, tranches: 1, verified_by: "", after: "", secret: false, bracketed: false, wording: "" };

/** Entries of the catalogue, in its order. */
export function catalogue(game: GameStore): CatalogueSeen[] {
  return game.all("clause").sort((a, b) => a.order - b.order);
}

/** The entries that put this clause at this level (an issue's level may have several). */
export function entriesOf(game: GameStore, key: string, level: number | undefined): CatalogueSeen[] {
  if (level === undefined) return [];
  const side = game.get("clause", key);
  if (side && !side.issue) return level > 0 ? [side] : [];
  return game.all("clause").filter((c) => c.issue === key && c.level === level);
}

/** What a clause is called: an issue's label, or a side clause's. */
export function clauseLabel(game: GameStore, key: string): string {
  return game.get("issue", key)?.label ?? game.get("clause", key)?.label ?? key.replaceAll("_", " ");
}

/** The words of a clause at a level: its own wording, else the issue's, else the catalogue's. */
export function clauseText(game: GameStore, key: string, level: number | undefined, detail: Detail | undefined = undefined): string {
  if (level === undefined) return "";
  if (detail?.wording) return detail.wording;
  const found = game.get("issue", key)?.levels.find((l) => l.level === level);
  if (found) return found.text || found.label;
  const side = game.get("clause", key);
  if (!side) return `Level ${level}`;
  return level > 0 ? side.text || side.label : "Not part of this text.";
}

/** The same in two or three words, for tables and the diagram. */
export function clauseShort(game: GameStore, key: string, level: number): string {
  const issue = game.get("issue", key);
  if (issue) return issue.levels.find((l) => l.level === level)?.label ?? `level ${level}`;
  return game.get("clause", key)?.label ?? key;
}

/** Rows of a text in the order of the case: issues first, then side clauses. Those only the other version had are struck rows. */
export function rows(game: GameStore, shown: TextShown, against: TextShown | undefined): Row[] {
  const keys = new Set([...Object.keys(shown.levels), ...Object.keys(against?.levels ?? {})]);
  const order = (key: string): number => game.get("issue", key)?.order ?? 1_000 + (game.get("clause", key)?.order ?? 0);
  return [...keys].sort((a, b) => order(a) - order(b) || a.localeCompare(b)).map((key) => row(game, key, shown, against));
}

function row(game: GameStore, key: string, shown: TextShown, against: TextShown | undefined): Row {
  const level = shown.levels[key];
  const before = against?.levels[key];
  const detail = { ...PLAIN, ...shown.details[key] };
  const detailBefore = against ? { ...PLAIN, ...against.details[key] } : detail;
  const entries = entriesOf(game, key, level ?? before);
  const [entry] = entries;
  const issue = game.get("issue", key);
  const text = clauseText(game, key, level, detail);
  const textBefore = against ? clauseText(game, key, before, detailBefore) : text;
  return {
    key,
    label: clauseLabel(game, key),
    codes: entries.map((e) => e.code).filter(Boolean),
    issue,
    entry,
    level,
    before,
    detail,
    text,
    textBefore,
    obligor: entry?.obligor || issue?.obligor || "",
    verified: detail.verified_by || entry?.verified_by || "",
    changed: against !== undefined && (level !== before || !sameDetail(detail, detailBefore)),
  };
}

export function sameDetail(a: Detail, b: Detail): boolean {
  return (Object.keys(PLAIN) as (keyof Detail)[]).every((name) => a[name] === b[name]);
}

/** Clauses in which two texts differ, level or detail. */
export function changedClauses(a: TextShown, b: TextShown): string[] {
  const keys = new Set([...Object.keys(a.levels), ...Object.keys(b.levels)]);
  return [...keys].filter((key) => a.levels[key] !== b.levels[key] || !sameDetail({ ...PLAIN, ...a.details[key] }, { ...PLAIN, ...b.details[key] }));
}

/** The turn a clause falls due: as agreed, else as many turns after signing as the catalogue gives it. */
export function dueTurn(detail: Detail, entry: CatalogueSeen | undefined, signing: number): number {
  return detail.due ?? signing + (entry?.due ?? 0);
}

export function turnName(game: GameStore, turn: number): string {
  return game.game?.turn_names[turn - 1] ?? `turn ${turn}`;
}
