// The seat board: who sits where, whether they are there, and how far their orders are. Pure.
import type { PersonSeen, SeatSeen, SheetStateSeen } from "../../protocol/entities";
import type { PresenceSeen } from "../../protocol/frames";
import type { RoomLive, SeatLive } from "./watch.svelte";

export type LinkWord = "on" | "idle" | "off" | "bot" | "empty";

export interface BoardRow {
  seat: SeatSeen;
  people: { id: string; display: string; pen: boolean }[];
  link: LinkWord;
  /** How long ago the seat last gave a command; null where it never did. */
  idleMs: number | null;
  unread: number;
  load: number;
  /** What the load is made of, as words. */
  loadWords: string;
  orders: { word: string; tone: "" | "ok" | "warn" };
}

const IDLE_MS = 180_000;
const SILENT_MS = 300_000;
const LATE_MS = 120_000;

/** One row for each seat, in the case's own order. `leftMs`: what is left of a phase that takes orders, else null. */
export function boardRows(input: {
  seats: readonly SeatSeen[];
  presence: ReadonlyMap<string, PresenceSeen>;
  live: readonly SeatLive[];
  nowMs: number;
  sheets: readonly SheetStateSeen[];
  leftMs: number | null;
}): BoardRow[] {
  return input.seats.map((seat) => {
    const live = input.live.find((one) => one.seat === seat.id);
    const idleMs = live?.acted_ms == null ? null : Math.max(0, input.nowMs - live.acted_ms);
    return {
      seat,
      people: seat.members.map((m) => ({ id: m.person, display: m.display, pen: m.pen })),
      link: linkOf(seat, input.presence, live, idleMs),
      idleMs,
      unread: live?.unread ?? 0,
      load: live?.load ?? 0,
      loadWords: loadWords(live?.waiting ?? {}),
      orders: ordersOf(seat, input.sheets.find((sheet) => sheet.seat === seat.id), input.leftMs),
    };
  });
}

function linkOf(seat: SeatSeen, presence: ReadonlyMap<string, PresenceSeen>, live: SeatLive | undefined, idleMs: number | null): LinkWord {
  if (seat.members.length === 0) return seat.bot ? "bot" : "empty";
  const known = seat.members.map((m) => presence.get(m.person)).filter((p) => p !== undefined);
  const here = known.length > 0 ? known.some((p) => p.on) : (live?.on ?? false);
  if (!here) return "off";
  return idleMs !== null && idleMs >= IDLE_MS ? "idle" : "on";
}

const LOAD_WORDS: Record<string, [string, string]> = {
  messages: ["unread message", "unread messages"],
  injects: ["unopened inject", "unopened injects"],
  letters: ["unopened letter", "unopened letters"],
  papers: ["unopened paper", "unopened papers"],
  requests: ["request to answer", "requests to answer"],
  clearances: ["paper to clear", "papers to clear"],
  consents: ["consent asked", "consents asked"],
  offers: ["text to answer", "texts to answer"],
};

/** "3 unread messages, 1 paper to clear"; what is not there is not said. */
export function loadWords(waiting: Readonly<Record<string, number>>): string {
  return Object.entries(waiting)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${LOAD_WORDS[kind]?.[count === 1 ? 0 : 1] ?? kind}`)
    .join(", ");
}

function ordersOf(seat: SeatSeen, sheet: SheetStateSeen | undefined, leftMs: number | null): BoardRow["orders"] {
  const drafts = sheet?.drafts ?? 0;
  if (sheet?.submitted) return { word: drafts > 0 ? `${drafts} submitted` : "submitted, none", tone: "ok" };
  const word = drafts > 0 ? `${drafts} draft` : "none";
  if (seat.ready) return { word: drafts > 0 ? `ready, ${word}` : "ready", tone: "ok" };
  if (leftMs !== null && leftMs < LATE_MS && seat.members.length > 0) return { word: drafts > 0 ? `late, ${word}` : "late", tone: "warn" };
  return { word, tone: "" };
}

/** Seats that are held by somebody and have put nothing on their sheet. */
export function withoutOrders(seats: readonly SeatSeen[], sheets: readonly SheetStateSeen[]): SeatSeen[] {
  return seats.filter((seat) => {
    if (seat.members.length === 0 && !seat.bot) return false;
    const sheet = sheets.find((s) => s.seat === seat.id);
    return !sheet || (sheet.drafts === 0 && !sheet.submitted);
  });
}

/** What the second click of "End phase" says, naming who would be caught out. */
export function endPhaseQuestion(phase: string, takesOrders: boolean, missing: readonly SeatSeen[], notReady: readonly SeatSeen[]): string {
  if (takesOrders && missing.length > 0) return `End ${phase} now? ${names(missing)} ${missing.length === 1 ? "has" : "have"} no orders.`;
  if (notReady.length > 0) return `End ${phase} now? ${names(notReady)} ${notReady.length === 1 ? "is" : "are"} not ready.`;
  return `End ${phase} now?`;
}

function names(seats: readonly SeatSeen[]): string {
  const words = seats.map((seat) => seat.short);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : (words[0] ?? "");
}

/** Seats whose people have been silent for long, the longest first; a bot is never called silent. */
export function silent(rows: readonly BoardRow[], afterMs = SILENT_MS): { seat: SeatSeen; idleMs: number }[] {
  return rows
    .filter((row) => row.seat.members.length > 0 && row.idleMs !== null && row.idleMs >= afterMs)
    .map((row) => ({ seat: row.seat, idleMs: row.idleMs! }))
    .sort((a, b) => b.idleMs - a.idleMs);
}

/** Players who are in the game and in no seat. */
export function unseated(people: readonly PersonSeen[]): PersonSeen[] {
  return people.filter((person) => person.role === "player" && person.seat === null && !person.removed);
}

/** A duration as minutes and seconds, or hours and minutes beyond an hour. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)}`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long ago, in words: "now", "40 s", "3 min", "2 h". */
export function ago(ms: number): string {
  if (ms < 10_000) return "now";
  if (ms < 60_000) return `${Math.floor(ms / 10_000) * 10} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  return `${Math.floor(ms / 3_600_000)} h`;
}

/** Messages of a room in the minutes that were counted. */
export function heat(room: RoomLive): number {
  return room.beats.reduce((sum, one) => sum + one, 0);
}

/** Rooms, the hottest first; of equally hot ones the one in which somebody spoke last. Rooms nobody spoke in come last. */
export function hottest(rooms: readonly RoomLive[]): RoomLive[] {
  return [...rooms].sort((a, b) => heat(b) - heat(a) || (b.at_ms ?? 0) - (a.at_ms ?? 0) || a.room.localeCompare(b.room));
}
