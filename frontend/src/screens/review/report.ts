// The report as the server builds it, and how its parts become what charts draw. Pure: no fetch, no DOM.
// Every section may be absent: what is absent is not drawn. Nothing is made up here.
import { figure, percent } from "../../charts/format";
import type { Participation, Responses } from "./people/participation";
import type { Escalated, Finding, Firings, GapTurn, Hazard, History, Journal, Knowledge, Method, Obligation, Overrides, Perceived, TurningPoints, Understanding } from "./sections";
import type { Band, Happening, Lane, Line, Severity, Shape, TurnValue } from "../../charts/types";

export interface ReportTurn { turn: number; label: string; game_date: string; start_ms: number; end_ms: number; first_seq: number; last_seq: number }
export interface ReportSeat { id: string; label: string; short: string; team: string; pair: string; glyph: string; people: string[]; bot: boolean }
export interface ReportLane { id: string; label: string; glyph: string; team: string; pair: string; seats: string[] }
export interface ReportEvent { seq: number; at_ms: number; turn: number; frac: number; lane: string; seat: string | null; kind: string; severity: Severity; label: string; text: string; ref?: string; refs?: number[] }
export interface ReportStep { refs?: number[]; seq: number; at_ms: number; turn: number; text: string }
export interface ReportEstimate { refs?: number[]; turn: number; mode: "exact" | "estimate" | "band"; value: number | null; low: number | null; high: number | null; confidence: string }
export interface ReportVariable { id: string; label: string; unit: string; low: number; high: number; group: string; order: number; headline: boolean; truth?: (TurnValue & { refs?: number[] })[]; estimates: Record<string, ReportEstimate[]> }
export interface ReportCause { refs?: number[]; seq: number; rule: string; label: string; amount: number; say: string; seat: string | null; order: string | null; cause: string }
export interface ReportChange { refs?: number[]; turn: number; variable: string; label: string; unit: string; before: number; after: number; rows: ReportCause[] }
export interface ReportMapOffer { offer: string; version: number; author: string; x: number; y: number; label: string; status: string; at_ms: number; feasible?: boolean; believed?: { seat: string; x: number; y: number }[] }
export interface ReportDirective { refs?: number[]; directive: string; turn: number; seat: string; executor: string; move: string; label: string; status: string; share: string; delay: number; told: string; truthful?: boolean; done_turn?: number | null; learned_turn: number | null; how: string; slowed_by: string[] }
export interface ReportTrust { seat: string; label: string; held: number; needed: number | null }
export interface ReportPoint { x: number; y: number; label: string }
/** The bargaining problem with side clauses, as it was (`seat` empty) or as a signatory believed it to be. */
export interface ReportView { seat: string; gap: number; exists: boolean; zopa: number | null; issues_gap: number; issues_zopa: number; texts: number; frontier: [number, number][]; fair: ReportPoint | null; nearest: ReportPoint }
export interface ReportMissed { refs?: number[]; turn: number; gap: number; zopa: number; catalogue_gap: number; nearest: { refs?: number[]; offer: string; version: number; label: string; x: number; y: number; feasible: boolean; short: number; closing: { clause: string; label: string; level_label: string; from_level: number; to_level: number } | null } | null }
export interface ReportMap { refs?: number[]; turn: number; label: string; x: { seat: string; label: string }; y: { seat: string; label: string }; total: number; feasible: number; packages: [number, number][]; frontier: [number, number][]; frontier_alt?: [number, number][] | null; alt_label?: string; fair?: ReportPoint | null; nearest?: ReportPoint | null; gap: number | null; zopa?: number | null; trust?: ReportTrust[]; offers: ReportMapOffer[]; catalogue?: ReportView; believed?: ReportView[] }
export interface ReportMove { refs?: number[]; order: string; turn: number; seat: string; move: string; code: string; label: string; params: Record<string, unknown>; public: boolean; status: string; fidelity: number | null; rationale: string; expects: string; severity: Severity; text: string; rules: string[]; ruled: boolean; at_ms: number }
export interface ReportClause { issue: string; label: string; level: number; level_label: string; text: string }
export interface ReportText { refs?: number[]; offer: string; title: string; parties: string[]; status: string; turn: number; versions: { refs?: number[]; version: number; author: string; at_ms: number; turn: number; clauses: ReportClause[]; note: string }[]; accepted: string[]; signed: string[]; venue: string }
export interface ReportMessage { refs?: number[]; id: string; room: string; room_title: string; seat: string; display: string; audience: string[]; at_ms: number; turn: number; text: string }
export interface ReportDyad { a: string; b: string; count: number; by_turn: Record<string, number> }
export interface ReportInject { refs?: number[]; id: string; turn: number; at_ms: number; source: string; to: string[]; title: string; text: string; precedence: string; opened: { seat: string; at_ms: number }[] }
export interface ReportRuling { refs?: number[]; id: string; turn: number; kind: string; target: string; target_label: string; value: string; reason: string; by: string; at_ms: number; proposed: string }
export interface ReportAgreement { refs?: number[]; id: string; title: string; parties: string[]; clauses: { issue: string; label: string; level: number; from_level: number }[]; venue: string; form: string; turn: number; status: string; ended_turn?: number | null }

export interface Report {
  schema: string;
  view: string;
  built_at_ms: number;
  engine?: string;
  seed?: string | null;
  seed_hash?: string;
  log?: { events: number; head_hash: string };
  game: { id: string; title: string; case_title: string; turns: number; turns_played: number; status: string; ended_reason: string; started_ms: number; ended_ms: number | null; style: string; strain: string };
  headline?: { title: string; deck: string };
  /** When Control took the game back and why; what was taken back is in none of the other parts. */
  rewinds?: { at_ms: number; turn: number; reason: string }[];
  turns: ReportTurn[];
  seats: ReportSeat[];
  lanes: ReportLane[];
  timeline?: ReportEvent[];
  steps?: ReportStep[];
  variables?: ReportVariable[];
  escalation?: (Pick<Escalated, "turn" | "points"> & Partial<Escalated>)[];
  trust?: { series: { id: string; label: string; seat: string; values: (TurnValue & { refs?: number[] })[] }[]; threshold: { value: number; text: string } | null };
  risk?: { turn: number; p_clash?: number; p_war?: number; cum_war?: number; clash_word?: string; war_word?: string }[];
  ledger?: ReportChange[];
  map?: ReportMap[];
  missed?: ReportMissed[];
  moves?: ReportMove[];
  directives?: ReportDirective[];
  texts?: ReportText[];
  messages?: ReportMessage[];
  dyads?: ReportDyad[];
  injects?: ReportInject[];
  rulings?: ReportRuling[];
  agreements?: ReportAgreement[];
  scores?: { seat: string; turn: number; goals: Record<string, number> }[];
  findings?: Finding[];
  history?: History;
  hazard?: Hazard;
  firings?: Firings;
  overrides?: Overrides;
  obligations?: Obligation[];
  gap?: GapTurn[];
  turning_points?: TurningPoints;
  knowledge?: Knowledge;
  perception?: Perceived[];
  understandings?: Understanding[];
  journals?: Journal[];
  method?: Method;
  participation?: Participation;
  responses?: Responses;
  /** Observers' notes by objective; "" is the objective of a note that names none. */
  notes?: { objective: string; label: string; competency: string; notes: { note: string; text: string; discuss: boolean; event: string; by: string; turn: number; at_ms: number; refs: number[] }[]; refs: number[] }[];
}

/** What a turn is called; 0 is before the first. */
export function turnName(report: Pick<Report, "turns">, turn: number): string {
  return turn <= 0 ? "Start" : (report.turns.find((t) => t.turn === turn)?.label ?? `Turn ${turn}`);
}

/** What a seat is called beside others; Control and the world outside have no seat. */
export function seatShort(report: Pick<Report, "seats">, id: string | null): string {
  return id === null || id === "" || id === "control" ? "Control" : (report.seats.find((s) => s.id === id)?.short ?? id);
}

const SHAPES: ReadonlySet<string> = new Set(["square", "triangle", "circle", "ring", "diamond", "hexagon"]);

/** The mark of a glyph; what has none is drawn as a circle. */
export function shapeOf(glyph: string): Shape {
  return SHAPES.has(glyph) ? (glyph as Shape) : "circle";
}

export function lanesOf(report: Report): Lane[] {
  return report.lanes.map((lane) => ({ id: lane.id, label: lane.label, pair: lane.pair, shape: shapeOf(lane.glyph) }));
}

/** Moments a reader can stand at: every step, or what the timeline shows where steps are not given to this view. */
export function momentsOf(report: Report): ReportStep[] {
  if (report.steps && report.steps.length > 0) return report.steps;
  return (report.timeline ?? []).map(({ seq, at_ms, turn, text, label }) => ({ seq, at_ms, turn, text: text || label }));
}

/** Place of every moment on the axis of turns: evenly within its turn, in the order of the log. */
export function placesOf(moments: readonly ReportStep[]): Map<number, number> {
  const count = new Map<number, number>();
  for (const moment of moments) count.set(moment.turn, (count.get(moment.turn) ?? 0) + 1);
  const done = new Map<number, number>();
  const places = new Map<number, number>();
  for (const moment of moments) {
    const i = done.get(moment.turn) ?? 0;
    done.set(moment.turn, i + 1);
    places.set(moment.seq, Math.max(0, moment.turn - 1) + (moment.turn < 1 ? 0 : (i + 0.5) / count.get(moment.turn)!));
  }
  return places;
}

/** The timeline's marks. Marks of one lane that would lie on each other are moved apart inside their turn. */
export function happeningsOf(report: Report): Happening[] {
  const taken = new Map<string, number>();
  return (report.timeline ?? [])
    .filter((e) => e.kind !== "message")
    .map((e) => ({ ...e, at: Math.max(0, e.turn - 1) + clamp(e.frac ?? 0.5) }))
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
    .map((e, i) => {
      const free = (taken.get(e.lane) ?? -1) + 0.07;
      const at = Math.min(Math.max(e.at, free), Math.max(e.at, e.turn - 0.03));
      taken.set(e.lane, at);
      return { key: `${e.seq}-${i}`, seq: e.seq, at_ms: e.at_ms, at, lane: e.lane, kind: e.kind, severity: e.severity, label: e.label, text: e.text, refs: e.refs ?? [e.seq] };
    });
}

const clamp = (value: number) => Math.max(0, Math.min(1, value));

/** The sections drawn first; the others come behind them. */
export const FIRST_SECTIONS = "headline,timeline,steps,variables,escalation,trust,risk,turning_points,findings";

/** The last moment up to a time: the same moment in another view goes by another number. */
export function momentAtMs(moments: readonly ReportStep[], atMs: number): number | null {
  let found: number | null = null;
  for (const moment of moments) if (moment.at_ms <= atMs) found = moment.seq;
  return found ?? moments[0]?.seq ?? null;
}

/** The moment nearest to a place on the axis. Places rise with the moments: found by halving. */
export function momentAt(moments: readonly ReportStep[], places: ReadonlyMap<number, number>, at: number): number {
  const place = (i: number) => places.get(moments[i]!.seq) ?? 0;
  let low = 0;
  let high = moments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(middle) < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - place(low - 1) < place(low) - at ? low - 1 : Math.max(0, low);
}

/** The first moment of the turn before or after the one of moment `i`. */
export function stepTurn(moments: readonly ReportStep[], i: number, step: 1 | -1): number {
  const here = moments[i]?.turn ?? 0;
  if (step === 1) {
    const next = moments.findIndex((m) => m.turn > here);
    return next === -1 ? moments.length - 1 : next;
  }
  const first = moments.findIndex((m) => m.turn === here);
  if (first > 0 && i > first) return first;
  const before = first > 0 ? moments[first - 1]!.turn : here;
  return Math.max(0, moments.findIndex((m) => m.turn === before));
}

/** An estimate made at the start of a turn speaks of the end of the turn before: there it is drawn. */
export function estimateLine(estimates: readonly ReportEstimate[]): { line: TurnValue[]; band: Band } {
  const known = estimates.filter((e) => e.mode !== "band" && e.value !== null);
  return {
    line: known.map((e) => ({ turn: e.turn - 1, value: e.value! })),
    band: { id: "band", points: known.filter((e) => e.low !== null && e.high !== null).map((e) => ({ turn: e.turn - 1, low: e.low!, high: e.high! })) },
  };
}

/** Lines of a variable: the truth where the view has it, and the estimate of one seat. */
export function variableLines(variable: ReportVariable, seat: ReportSeat | undefined): { lines: Line[]; bands: Band[] } {
  const lines: Line[] = [];
  const bands: Band[] = [];
  const estimates = seat ? variable.estimates[seat.id] : undefined;
  if (estimates && estimates.some((e) => e.mode !== "band")) {
    const exact = estimates.every((e) => e.mode === "exact");
    const { line, band } = estimateLine(estimates);
    if (!exact || !variable.truth) lines.push({ id: "est", label: exact ? `${seat!.short} reads` : `${seat!.short}: estimate`, pair: exact ? "ink" : "est", shape: "none", dashed: !exact, points: line });
    if (!exact && band.points.length > 0) bands.push(band);
  }
  if (variable.truth && variable.truth.length > 0) lines.push({ id: "truth", label: "Truth", pair: "ink", shape: "none", points: variable.truth });
  return { lines, bands };
}

/** Seats that have any estimate of a variable. */
export function readersOf(report: Report, variable: ReportVariable): ReportSeat[] {
  return report.seats.filter((seat) => (variable.estimates[seat.id] ?? []).length > 0);
}

/** "Strain peaked at 92 in May and ended at 42": the course of a line in one sentence. */
export function courseOf(label: string, values: readonly TurnValue[], turns: readonly ReportTurn[], write: (v: number) => string = (v) => figure(v, 0)): string {
  const name = (turn: number) => (turn <= 0 ? "the start" : (turns.find((t) => t.turn === turn)?.label ?? `turn ${turn}`));
  const first = values[0];
  const last = values[values.length - 1];
  if (!first || !last) return label;
  const top = values.reduce((a, b) => (b.value > a.value ? b : a));
  const low = values.reduce((a, b) => (b.value < a.value ? b : a));
  const span = Math.max(1e-9, top.value - low.value);
  if (top.value - Math.max(first.value, last.value) > 0.15 * span) return `${label} peaked at ${write(top.value)} in ${name(top.turn)} and ended at ${write(last.value)}`;
  if (Math.min(first.value, last.value) - low.value > 0.15 * span) return `${label} fell to ${write(low.value)} in ${name(low.turn)} and ended at ${write(last.value)}`;
  if (write(first.value) === write(last.value)) return `${label} ended where it began, at ${write(last.value)}`;
  return `${label} ${last.value > first.value ? "rose" : "fell"} from ${write(first.value)} to ${write(last.value)}`;
}

/** How far off the estimates of a variable were at the worst, as a part of its scale; headline variables count double. */
export function misread(variable: ReportVariable): number {
  const was = new Map((variable.truth ?? []).map((p) => [p.turn, p.value]));
  const off = Object.values(variable.estimates).flatMap((all) => all.filter((e) => e.mode === "estimate" && e.value !== null && was.has(e.turn - 1)).map((e) => Math.abs(e.value! - was.get(e.turn - 1)!)));
  return (Math.max(0, ...off) / Math.max(1e-9, variable.high - variable.low)) * (variable.headline ? 2 : 1);
}

/** Where an estimate was furthest from the truth, and for how long it stayed half as far off. Null where it was close. */
export function stripNote(truth: readonly TurnValue[], estimate: readonly TurnValue[], turns: readonly ReportTurn[], write: (v: number) => string): { turn: number; text: string } | null {
  const was = new Map(truth.map((p) => [p.turn, p.value]));
  const off = estimate.filter((p) => was.has(p.turn)).map((p) => ({ turn: p.turn, by: p.value - was.get(p.turn)! }));
  const worst = off.reduce<{ turn: number; by: number } | null>((a, b) => (a && Math.abs(a.by) >= Math.abs(b.by) ? a : b), null);
  if (!worst) return null;
  const values = truth.map((p) => p.value);
  const scale = Math.max(...values.map(Math.abs), 1e-9);
  if (Math.abs(worst.by) < 0.05 * scale) return null;
  const same = off.filter((p) => Math.sign(p.by) === Math.sign(worst.by) && Math.abs(p.by) >= Math.abs(worst.by) / 2).length;
  const when = turns.find((t) => t.turn === worst.turn)?.label;
  return { turn: worst.turn, text: `Estimate ran ${write(Math.abs(worst.by))} ${worst.by < 0 ? "low" : "high"} ${when ? `at the end of ${when}` : "at the start"}${same > 1 ? `; at least half as far off in ${same} turns` : ""}` };
}

/** The finding over the trust chart. `needed`: the least each side had to believe for the nearest text, by turn. */
export function trustFinding(trust: NonNullable<Report["trust"]>, needed: readonly Line[] = []): string {
  const ends = trust.series.map((s) => s.values[s.values.length - 1]?.value).filter((v): v is number => v !== undefined);
  if (ends.length === 0) return "Trust";
  const limit = trust.threshold?.value;
  const all = trust.series.flatMap((s) => s.values.map((v) => v.value));
  if (limit !== undefined && all.every((v) => v < limit)) return "Neither side came near believing the other";
  if (limit !== undefined && ends.every((v) => v >= limit)) return "Both sides ended believing enough to sign";
  const short = needed.map((line) => line.points.filter((p) => (trust.series.find((s) => `need-${s.id}` === line.id)?.values.find((v) => v.turn === p.turn)?.value ?? 0) < p.value).length);
  const turns = Math.max(0, ...needed.map((line) => line.points.length));
  if (turns > 0 && short.every((n) => n === turns)) return "Neither side ever believed enough for the nearest text";
  return `Belief in the other side ended at ${ends.map(percent).join(" and ")}`;
}

/** Why a variable moved in a turn, as the title of its waterfall. */
export function whyTitle(change: ReportChange, turns: readonly ReportTurn[]): string {
  const when = turns.find((t) => t.turn === change.turn)?.label ?? `turn ${change.turn}`;
  const delta = change.after - change.before;
  const lower = change.label.charAt(0).toLowerCase() + change.label.slice(1);
  const label = /^[A-Z]{2,}/.test(change.label) ? change.label : lower;
  return Math.abs(delta) < 0.05 ? `Why ${label} stood still in ${when}` : `Why ${label} ${delta > 0 ? "rose" : "fell"} in ${when}`;
}

/** Causes of a change in the order of the ledger, rows of one rule and order taken together. */
export function causesOf(change: ReportChange): { label: string; amount: number; rule: string }[] {
  const merged = new Map<string, { label: string; amount: number; rule: string }>();
  for (const row of change.rows) {
    const key = `${row.label}|${row.rule}`;
    const held = merged.get(key);
    if (held) held.amount += row.amount;
    else merged.set(key, { label: row.label || row.rule, amount: row.amount, rule: row.rule });
  }
  return [...merged.values()].filter((c) => Math.abs(c.amount) >= 0.005);
}

// Made once: a format made for every line of a long talk costs more than drawing it.
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A date inside the case, as 27 Feb 2019. */
export function caseDay(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : DAY.format(time);
}

/** Wall-clock time of a moment. */
export function wallTime(ms: number): string {
  return CLOCK.format(ms);
}
