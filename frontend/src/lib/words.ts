/** Numbers, dates and short lists as people read them. One place, so that play and review say the same. */

import type { GameSeen } from "../protocol/entities";

const MINUS = "\u2212";
const DASH = "\u2013";

export function number(value: number, digits = 0): string {
  const text = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  return text === "-0" ? "0" : text.replace("-", MINUS);
}

/** A value with as many decimals as it needs, one at most, and its unit. */
export function amount(value: number, unit = ""): string {
  const digits = Math.abs(value) < 100 && !Number.isInteger(Math.round(value * 10) / 10) ? 1 : 0;
  return withUnit(number(value, digits), unit);
}

export function signed(value: number, digits = 1): string {
  return (value > 0 ? "+" : "") + number(value, digits);
}

export function range(low: number, high: number, unit = ""): string {
  const digits = high - low < 2 ? 1 : 0;
  const [a, b] = [number(low, digits), number(high, digits)];
  return withUnit(a === b ? a : `${a}${DASH}${b}`, unit);
}

function withUnit(text: string, unit: string): string {
  if (unit === "%" || unit === "percent") return `${text}%`;
  return text;
}

/** "27 Feb" from an ISO date inside the case. */
export function gameDate(iso: string, { year = false } = {}): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC", ...(year ? { year: "numeric" } : {}) }).format(date);
}

/** The turn as a bar names it: its name, and the day where its name is no time of its own. */
export function turnTitle(frame: Pick<GameSeen, "turn_label" | "local_times" | "game_date">): string {
  return frame.local_times.length > 0 || !frame.game_date ? frame.turn_label : `${frame.turn_label}, ${gameDate(frame.game_date)}`;
}

export function wallTime(ms: number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false }).format(ms);
}

/** "a, b and c". */
export function list(items: readonly string[], joint = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** What a status of an order means on screen. */
export const ORDER_WORDS: Record<string, string> = {
  draft: "Draft",
  submitted: "Ordered",
  withdrawn: "Withdrawn",
  locked: "Sealed",
  done: "Done",
  partial: "In part",
  blocked: "Returned",
  converted: "Changed on the way",
  delayed: "Delayed",
  cancelled: "Cancelled",
};

/** What became of a free move. */
export const FREE_WORDS: Record<string, string> = {
  open: "With Control",
  admitted: "Admitted",
  decided: "Decided",
  refused: "Refused",
  withdrawn: "Withdrawn",
  lapsed: "Lapsed",
  succeeded: "Came off",
  partial: "Came off in part",
  failed: "Did not come off",
};

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** A precedent as the case dates it: days and months in it are read as dates, the rest is words. */
export function precedentWords(text: string): string {
  return text.replace(/\b\d{4}-\d{2}(-\d{2})?\b/g, (iso, day) => (day ? gameDate(iso, { year: true }) : MONTH.format(new Date(`${iso}-01T00:00:00Z`))));
}

export const OFFER_WORDS: Record<string, string> = {
  draft: "Draft",
  tabled: "On the table",
  agreed: "Agreed, unsigned",
  signed: "Signed",
  in_force: "In force",
  lapsed: "Lapsed",
  walked_away: "Left",
  struck: "Struck",
};

/** What form a text has. */
export const FORM_WORDS: Record<string, string> = { statement: "joint statement", text: "agreed text", oral: "oral understanding" };

/** How a text was or will be signed. */
export const VENUE_WORDS: Record<string, string> = { summit: "at a summit", exchange: "by exchange of letters", oral: "by word of mouth" };

export const VISIBILITY_WORDS: Record<string, string> = { public: "Public", private: "Private", covert: "Covert" };
