// The form of a new game and the request it becomes. Pure: no fetch, no DOM.
import type { CaseInfo } from "../control/cases.svelte";
import type { LensName } from "./lenses";
import { everyHour, hoursRequest, type HoursDraft } from "./hours";
import { oneSection, sectionCount, sectionFaults, sectionsRequest, type SectionsDraft } from "./arms";

export type SeatChoice = "open" | "bot" | "vacant";

export interface GameDraft {
  title: string;
  scenario: string;
  preset: string;
  style: "rigid" | "semi_rigid" | "free";
  seats: Record<string, { choice: SeatChoice; policy: string }>;
  /** Minutes of a phase as typed; an empty text means that Control ends it. */
  minutes: Record<string, string>;
  seed: string;
  forced: "free" | "historical";
  /** The explanations turns are settled under; a treatment may name another. */
  lens: LensName;
  sections: SectionsDraft;
  hours: HoursDraft;
  /** The phase whose end locks the orders. */
  locking: string | undefined;
}

/** The form as it stands when a case is chosen: every seat open, the case's own lengths. */
export function startingDraft(chosen: CaseInfo, title = ""): GameDraft {
  return {
    title,
    scenario: chosen.id,
    preset: chosen.presets[0]?.id ?? "",
    style: "semi_rigid",
    seats: Object.fromEntries(chosen.seats.map((seat) => [seat.id, { choice: "open" as SeatChoice, policy: chosen.defaults[seat.id] ?? "" }])),
    minutes: presetMinutes(chosen, chosen.presets[0]?.id ?? ""),
    seed: "",
    forced: "free",
    lens: "all",
    sections: oneSection(),
    hours: everyHour(),
    locking: lockingPhase(chosen),
  };
}

/** The lengths a preset plays with: the case's own where it names none. */
export function presetMinutes(chosen: CaseInfo, preset: string): Record<string, string> {
  const own = chosen.presets.find((p) => p.id === preset)?.minutes ?? {};
  const length = (phase: CaseInfo["phases"][number]): number | null => (phase.id in own ? (own[phase.id] ?? null) : phase.minutes);
  return Object.fromEntries(chosen.phases.filter((p) => !p.adjudicate).map((p) => [p.id, length(p) === null ? "" : String(length(p))]));
}

/** The phase whose end locks the orders: the one before the turn is settled. */
function lockingPhase(chosen: CaseInfo): string | undefined {
  const settled = chosen.phases.findIndex((p) => p.adjudicate);
  return chosen.phases[settled - 1]?.id;
}

/** What must be put right before the game can be made; empty when nothing. */
export function faults(draft: GameDraft): string[] {
  const out: string[] = [];
  if (!draft.title.trim()) out.push("Give the game a title, so that people know they are in the right one.");
  if (draft.title.trim().length > 60) out.push("The title may have 60 characters.");
  for (const [phase, text] of Object.entries(draft.minutes)) {
    if (text.trim() === "") continue;
    const minutes = Number(text.replace(",", "."));
    if (!Number.isFinite(minutes) || minutes <= 0 || minutes > 31 * 24 * 60) out.push(`The length of ${phase} must be between a few seconds and 31 days, or empty.`);
  }
  for (const [seat, choice] of Object.entries(draft.seats)) if (choice.choice === "bot" && !choice.policy) out.push(`Choose how the bot of ${seat} plays.`);
  if (draft.seed.trim() && !/^[A-Za-z0-9._:@-]{1,64}$/.test(draft.seed.trim())) out.push("A seed has letters, digits and . _ : @ - only.");
  if (Object.values(draft.seats).every((s) => s.choice === "vacant")) out.push("At least one seat must be open or held by a bot.");
  return [...out, ...sectionFaults(draft.sections, draft.title)];
}

/** Whether several groups are to play: an exercise and not one game. */
export function isExercise(draft: GameDraft): boolean {
  return sectionCount(draft.sections) > 1;
}

/** The body of POST /api/games, or of POST /api/exercises where several groups play. */
export function request(draft: GameDraft): Record<string, unknown> {
  const seats = Object.entries(draft.seats);
  const body: Record<string, unknown> = {
    title: draft.title.trim(),
    scenario: draft.scenario,
    preset: draft.preset,
    style: draft.style,
    seats: seats.filter(([, s]) => s.choice === "open").map(([id]) => id),
    bots: Object.fromEntries(seats.filter(([, s]) => s.choice === "bot").map(([id, s]) => [id, s.policy])),
    phase_ms: Object.fromEntries(Object.entries(draft.minutes).map(([id, text]) => [id, text.trim() === "" ? null : Math.round(Number(text.replace(",", ".")) * 60_000)])),
  };
  Object.assign(body, hoursRequest(draft.hours, draft.locking));
  if (draft.seed.trim()) body.seed = draft.seed.trim();
  if (draft.forced !== "free") body.forced = draft.forced;
  if (draft.lens !== "all") body.lens = draft.lens;
  return isExercise(draft) ? { ...body, ...sectionsRequest(draft.sections) } : body;
}

/** How long a whole game takes with these lengths, in minutes; null if some phase has no limit. */
export function wholeGame(draft: GameDraft, turns: number): number | null {
  let sum = 0;
  for (const text of Object.values(draft.minutes)) {
    if (text.trim() === "") return null;
    sum += Number(text.replace(",", ".")) || 0;
  }
  return sum * turns;
}

/** Turns a preset plays. */
export function presetTurns(chosen: CaseInfo, preset: string): number {
  const found = chosen.presets.find((p) => p.id === preset);
  if (!found) return chosen.turns;
  if (found.turns) return found.turns;
  return found.first !== undefined && found.last !== undefined ? found.last - found.first + 1 : chosen.turns;
}
