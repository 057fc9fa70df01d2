// Who took part and how fast (report sections `participation` and `responses`): shapes, and what the page draws of them. Pure.
import { plural } from "../../../lib/words";

export type Counts = Record<string, number>;
export interface Silence { longest: { ms: number; from_ms: number | null; until_ms: number | null; refs: number[] }; turns: number[] }
export interface SeatTurn { turn: number; counts: Counts; refs: number[] }
export interface SeatPart { seat: string; counts: Counts; silence: Silence; sent: number; opened: number; heard: number; read: number; turns: SeatTurn[]; refs: number[] }
export interface Stay { seat: string; from_ms: number; until_ms: number | null; refs: number[] }
export interface PersonPart { person: string; display: string; role: string; seats: Stay[]; counts: Counts; silence: Silence | null; turns: number[]; joined_ms: number; refs: number[] }
export interface Participation { played_ms: number; kinds: string[]; words: string[]; seats: SeatPart[]; people?: PersonPart[] }
export interface Wait { kind: string; key: string; label: string; seat: string; by: string; turn: number; asked_ms: number; opened_ms: number | null; answered_ms: number | null; how: string; wait_ms: number; open: boolean; refs: number[] }
export interface SeatWait { seat: string; kind: string; asked: number; answered: number; median_ms: number | null; longest_ms: number; refs: number[] }
export interface Responses { items: Wait[]; seats: SeatWait[] }

/** What a wait was for, as the head of a column. */
export const WAIT_WORDS: Record<string, string> = { inject: "Injects", letter: "Letters", paper: "Papers", text: "Texts", request: "Requests", consent: "Consents", orders: "Orders", ready: "Readiness" };

/** A length of play: 40 s, 12 min, 3 h 5 min, 2 d. */
export function span(ms: number): string {
  const s = Math.round(ms / 1000);
  if (s < 90) return `${s} s`;
  const min = Math.round(s / 60);
  if (min < 90) return `${min} min`;
  const h = Math.floor(min / 60);
  if (h < 48) return min % 60 > 0 ? `${h} h ${min % 60} min` : `${h} h`;
  return `${Math.round(h / 24)} d`;
}

/** The turns without a word, as a sentence; runs of turns are written as one. */
export function silentWords(turns: readonly number[], name: (turn: number) => string): string {
  if (turns.length === 0) return "";
  const runs: [number, number][] = [];
  for (const turn of turns) {
    const last = runs[runs.length - 1];
    if (last && last[1] === turn - 1) last[1] = turn;
    else runs.push([turn, turn]);
  }
  return `${plural(turns.length, "turn")} without a word: ${runs.map(([a, b]) => (a === b ? name(a) : `${name(a)} to ${name(b)}`)).join(", ")}`;
}
