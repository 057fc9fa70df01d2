/** What the debrief pages share: whose views may be looked through, and the words for them. No rule of the game. */
import type { DebriefSeen } from "../../protocol/entities";
import type { GameStore } from "../../store/game.svelte";

export interface Eyes {
  view: string;
  label: string;
}

export interface ProposedStop {
  stop: string;
  kind: "start" | "outcome" | "signed" | "walked_out" | "ruling" | "note";
  at_ms: number;
  turn: number;
  title: string;
  prompt: string;
  note: string;
}

export interface Team {
  id: string;
  label: string;
  pair: string;
  glyph: string;
}

export const KINDS: Record<ProposedStop["kind"], string> = { start: "Start", outcome: "End of a turn", signed: "Text signed", walked_out: "Walk-out", ruling: "Ruling", note: "Your note" };

export function teamsOf(game: GameStore): Team[] {
  const teams = new Map<string, Team>();
  for (const seat of game.all("seat")) if (!teams.has(seat.team)) teams.set(seat.team, { id: seat.team, label: seat.team_label, pair: seat.pair, glyph: seat.glyph });
  return [...teams.values()];
}

/** The views this person may look through at this stop: one's own, what is public, and seats of the lifted teams. Control: all. */
export function eyesOf(game: GameStore, debrief: DebriefSeen | undefined): Eyes[] {
  const control = game.me?.role === "control";
  const own = game.seat;
  const open = game.all("seat").filter((seat) => control || seat.id === own || debrief?.lifted.includes(seat.team));
  open.sort((a, b) => Number(b.id === own) - Number(a.id === own));
  const seats = open.map((seat) => ({ view: `seat:${seat.id}`, label: seat.id === own ? `${seat.short} (you)` : seat.short }));
  const shared = { view: "public", label: "In public" };
  return control ? [{ view: "control", label: "Ground truth" }, shared, ...seats] : own ? [...seats, shared] : [shared, ...seats];
}

/** A day or a month of the record, in words. */
export function recordDate(date: string): string {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(date);
  const time = Date.parse(`${full ? date : `${date}-01`}T00:00:00Z`);
  if (Number.isNaN(time)) return date;
  return new Date(time).toLocaleDateString("en-GB", { ...(full ? { day: "numeric" } : {}), month: "long", year: "numeric", timeZone: "UTC" });
}
