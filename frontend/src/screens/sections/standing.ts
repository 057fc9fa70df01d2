// What the server tells of an exercise, and what can be read off it. Pure: no fetch, no DOM.
import { clockText } from "../../lib/countdown";
import { LENSES, type LensName } from "../staff/lenses";

export interface SeatStanding {
  id: string;
  label: string;
  short: string;
  pair: string;
  glyph: string;
  held: "person" | "bot" | "open" | "vacant";
  people: number;
  on: boolean;
  drafts: number;
  submitted: boolean;
  ready: boolean;
  load: number;
}

export interface Queue {
  rulings: number;
  appeals: number;
  free_moves: number;
  requests: number;
  texts: number;
}

export interface Track {
  id: string;
  label: string;
  low: number;
  high: number;
  values: (number | null)[];
}

export interface SectionStanding {
  number: number;
  name: string;
  treatment: string;
  game: string;
  title: string;
  code: string;
  control_url: string;
  join_url: string;
  wall_url: string;
  status: "lobby" | "running" | "paused" | "ended";
  turn: number;
  turns: number;
  turn_name: string;
  phase: string;
  phase_label: string;
  phases: string[];
  ends_at_ms: number | null;
  remaining_ms: number | null;
  paused_reason: string;
  seats: SeatStanding[];
  people: number;
  here: number;
  queue: Queue;
  agreements: number;
  on_the_table: number;
  tracks: Track[];
  acted_ms: number;
  report_url?: string;
}

export interface Treatment {
  id: string;
  label: string;
  note: string;
  scenario?: string | null;
  preset?: string | null;
  lens?: string | null;
  forced?: string | null;
  msel: { name: string; args: Record<string, unknown> }[];
  reworded?: Record<string, string>;
}

export interface Standing {
  id: string;
  title: string;
  scenario: string;
  preset: string;
  created_ms: number;
  locked_ms: number | null;
  seed: string;
  dice: "own" | "shared";
  treatments: Treatment[];
  as_drawn: boolean;
  at_ms: number;
  sections: SectionStanding[];
}

export interface Done {
  section: number;
  ok: boolean;
  code: string;
  text: string;
}

/** After so long without anything happening a running section is called quiet. */
export const QUIET_MS = 180_000;

/** What the clock of a section shows at a moment of the server. */
export function clockFace(section: SectionStanding, nowMs: number): string {
  if (section.status === "lobby") return "not started";
  if (section.status === "ended") return "over";
  if (section.queue.rulings > 0) return "your ruling";
  const left = section.status === "paused" ? section.remaining_ms : section.ends_at_ms === null ? null : Math.max(0, section.ends_at_ms - nowMs);
  return left === null ? "no limit" : clockText(Math.ceil(left / 1000));
}

const WORDS: [keyof Queue, string, string][] = [
  ["rulings", "proposal", "proposals"],
  ["appeals", "appeal", "appeals"],
  ["free_moves", "free move", "free moves"],
  ["requests", "RFI", "RFIs"],
  ["texts", "text held", "texts held"],
];

/** What waits for Control in a section, in words. */
export function queueWords(queue: Queue): string[] {
  return WORDS.filter(([kind]) => queue[kind] > 0).map(([kind, one, more]) => `${queue[kind]} ${queue[kind] === 1 ? one : more}`);
}

/** Seats nobody plays although they are open: what a start would leave vacant. */
export function unheld(sections: readonly SectionStanding[]): number {
  return sections.reduce((sum, section) => sum + section.seats.filter((seat) => seat.held === "open").length, 0);
}

/** The guard of "end phase" in each section: the phase Control was looking at, and no other. */
export function expected(sections: readonly SectionStanding[]): Record<string, { expect: string }> {
  return Object.fromEntries(sections.map((section) => [String(section.number), { expect: `${section.turn}:${section.phase}` }]));
}

/** Sections in a sentence: "A, B and C". */
export function names(sections: readonly SectionStanding[], numbers?: readonly number[]): string {
  const words = sections.filter((section) => !numbers || numbers.includes(section.number)).map((section) => section.name);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
}

/** What became of a command in many sections: one sentence, and one for each reason of a refusal. */
export function report(said: string, done: readonly Done[], sections: readonly SectionStanding[]): { text: string; bad: boolean }[] {
  const carried = done.filter((one) => one.ok).map((one) => one.section);
  const lines = carried.length > 0 ? [{ text: `${said}: ${carried.length === sections.length ? "all sections" : names(sections, carried)}.`, bad: false }] : [];
  const reasons = new Map<string, number[]>();
  for (const one of done.filter((one) => !one.ok)) reasons.set(one.text, [...(reasons.get(one.text) ?? []), one.section]);
  for (const [text, refused] of reasons) lines.push({ text: `${names(sections, refused)}: ${text}`, bad: true });
  return lines;
}

/** How long ago something happened, in few words. */
export function ago(ms: number): string {
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1000))} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

/** What a treatment changes, in words. */
export function changes(treatment: Treatment): string[] {
  const skipped = treatment.msel.filter((one) => one.name === "inject.skip").length;
  const written = treatment.msel.length - skipped + Object.keys(treatment.reworded ?? {}).length;
  return [
    treatment.scenario ? `plays ${treatment.scenario}` : "",
    treatment.preset ? `part ${treatment.preset}` : "",
    treatment.lens && treatment.lens !== "all" ? `lens: ${(LENSES[treatment.lens as LensName] ?? treatment.lens).toLowerCase()}` : "",
    treatment.forced === "historical" ? "outside votes as in the record" : "",
    skipped ? `${skipped} inject${skipped === 1 ? "" : "s"} left out` : "",
    written ? `${written} inject${written === 1 ? "" : "s"} altered` : "",
  ].filter(Boolean);
}
