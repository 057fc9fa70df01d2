// The seat board: who sits where, whether they are there, and how far their orders are. Pure.
import type { PersonSeen, ReadSeen, RoomSeen, SeatSeen, SheetStateSeen } from "../../protocol/entities";
import type { PresenceSeen } from "../../protocol/frames";

export type LinkWord = "on" | "idle" | "off" | "bot" | "empty";

export interface BoardRow {
  seat: SeatSeen;
  people: { id: string; display: string; pen: boolean }[];
  link: LinkWord;
  /** Since when nothing was heard of the seat's people; null where nobody can tell. */
  idleMs: number | null;
  unread: number;
  orders: { word: string; tone: "" | "ok" | "warn" };
}

const IDLE_MS = 120_000;

/** One row for each seat, in the case's own order. */
export function boardRows(input: {
  seats: readonly SeatSeen[];
  presence: ReadonlyMap<string, PresenceSeen>;
  rooms: readonly RoomSeen[];
  reads: readonly ReadSeen[];
  sheets: readonly SheetStateSeen[];
}): BoardRow[] {
  return input.seats.map((seat) => ({
    seat,
    people: seat.members.map((m) => ({ id: m.person, display: m.display, pen: m.pen })),
    ...linkOf(seat, input.presence),
    unread: unreadOf(seat.id, input.rooms, input.reads),
    orders: ordersOf(seat, input.sheets.find((sheet) => sheet.seat === seat.id)),
  }));
}

function linkOf(seat: SeatSeen, presence: ReadonlyMap<string, PresenceSeen>): { link: LinkWord; idleMs: number | null } {
  if (seat.members.length === 0) return { link: seat.bot ? "bot" : "empty", idleMs: null };
  const known = seat.members.map((m) => presence.get(m.person)).filter((p) => p !== undefined);
  const here = known.filter((p) => p.on);
  const idleMs = known.length > 0 ? Math.min(...known.map((p) => p.idle_ms)) : null;
  if (here.length === 0) return { link: "off", idleMs };
  return { link: Math.min(...here.map((p) => p.idle_ms)) >= IDLE_MS ? "idle" : "on", idleMs };
}

function unreadOf(seat: string, rooms: readonly RoomSeen[], reads: readonly ReadSeen[]): number {
  let unread = 0;
  for (const room of rooms) {
    if (!room.seats.includes(seat) || room.kind === "press") continue;
    const upto = reads.find((read) => read.room === room.id && read.seat === seat)?.upto ?? 0;
    unread += Math.max(0, room.last - upto);
  }
  return unread;
}

function ordersOf(seat: SeatSeen, sheet: SheetStateSeen | undefined): BoardRow["orders"] {
  if (!sheet || (sheet.drafts === 0 && !sheet.submitted)) return { word: seat.ready ? "ready, none" : "none", tone: seat.ready ? "ok" : "" };
  const count = `${sheet.drafts} ${sheet.submitted ? "submitted" : "draft"}`;
  return { word: seat.ready ? `ready, ${count}` : count, tone: sheet.submitted || seat.ready ? "ok" : "" };
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

/** Seats whose people have been silent for long, the longest first. */
export function silent(rows: readonly BoardRow[], afterMs = 300_000): { seat: SeatSeen; idleMs: number }[] {
  return rows
    .filter((row) => row.idleMs !== null && row.idleMs >= afterMs)
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
