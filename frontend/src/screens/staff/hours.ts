// Deadlines of a new game: what a missed one means, and the hours in which no clock runs. Pure: no fetch, no DOM.
export type Missed = "draft" | "standing" | "bot" | "nothing" | "pause";

export const MISSED: [Missed, string][] = [
  ["draft", "the draft counts as it lies"],
  ["standing", "an empty sheet takes the standing orders"],
  ["bot", "a bot completes the sheet"],
  ["nothing", "the seat orders nothing"],
  ["pause", "the game pauses for you"],
];

export interface HoursDraft {
  missed: Missed | "";
  quiet: boolean;
  from: string;
  to: string;
  zone: string;
  weekends: boolean;
}

export function everyHour(): HoursDraft {
  return { missed: "", quiet: false, from: "22:00", to: "07:00", zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", weekends: false };
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What of it goes into the request; `locking` is the phase whose end locks the orders. Nothing said leaves it to the case. */
export function hoursRequest(hours: HoursDraft, locking: string | undefined): Record<string, unknown> {
  return {
    ...(hours.missed && locking ? { missed: { [locking]: hours.missed } } : {}),
    ...(hours.quiet ? { quiet: { begins: minutes(hours.from), ends: minutes(hours.to), zone: hours.zone.trim(), days_off: hours.weekends ? [6, 7] : [] } } : {}),
  };
}
