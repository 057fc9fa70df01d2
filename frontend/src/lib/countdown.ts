/** What the clock of a phase shows at a moment. Pure, so that it can be tested without waiting. */
import type { ClockSeen } from "../protocol/entities";

export type Urgency = "calm" | "soon" | "last";

export interface Face {
  /** Null where the phase has no end of its own. */
  leftMs: number | null;
  text: string;
  spoken: string;
  urgency: Urgency;
  paused: boolean;
}

export const SOON_MS = 120_000;
export const LAST_MS = 30_000;
/** Moments at which a screen reader is told. */
export const ANNOUNCED_S = [300, 120, 60, 30] as const;

/** From when on a phase of this length is said to end soon: two minutes, in long ones a tenth, at most two hours. */
export function soonMs(lengthMs: number | null): number {
  return lengthMs !== null && lengthMs >= 3_600_000 ? Math.min(7_200_000, lengthMs / 10) : SOON_MS;
}

export function face(clock: ClockSeen | undefined, nowMs: number, lengthMs: number | null = null): Face {
  if (!clock) return { leftMs: null, text: "", spoken: "", urgency: "calm", paused: false };
  const left = clock.paused ? clock.remaining_ms : clock.ends_at_ms === null ? null : Math.max(0, clock.ends_at_ms - nowMs);
  if (left === null) return { leftMs: null, text: "", spoken: "no time limit", urgency: "calm", paused: clock.paused };
  // Round up: a minute is shown as 1:00 for its whole first second and 0:00 means that it is over.
  const seconds = Math.ceil(left / 1000);
  const urgency = clock.paused ? "calm" : left <= LAST_MS ? "last" : left <= soonMs(lengthMs) ? "soon" : "calm";
  return { leftMs: left, text: clockText(seconds), spoken: spokenText(seconds), urgency, paused: clock.paused };
}

export function clockText(seconds: number): string {
  const d = Math.floor(seconds / 86_400);
  const h = Math.floor((seconds % 86_400) / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds % 60;
  if (d) return `${d} d ${h} h`;
  const two = (n: number): string => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

function spokenText(seconds: number): string {
  const d = Math.floor(seconds / 86_400);
  const h = Math.floor((seconds % 86_400) / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds >= 3600 ? 0 : seconds % 60;
  const parts = [d ? `${d} day${d === 1 ? "" : "s"}` : "", h ? `${h} hour${h === 1 ? "" : "s"}` : "", m ? `${m} minute${m === 1 ? "" : "s"}` : "", s ? `${s} second${s === 1 ? "" : "s"}` : ""].filter(Boolean);
  return parts.join(" ") || "time is up";
}

/** The announcement due when time went from `before` to `after` seconds left, or null. */
export function announcement(before: number, after: number): string | null {
  const crossed = ANNOUNCED_S.filter((mark) => before > mark && after <= mark);
  const mark = crossed.at(-1);
  return mark === undefined ? null : `${spokenText(mark)} left in this phase`;
}
