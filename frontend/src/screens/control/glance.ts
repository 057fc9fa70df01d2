// Reading a seat's state at a glance: newest lines, latest versions, this turn's readings. Pure over what a view was told.
import type { MessageSeen, OfferSeen, OfferVersionSeen, OrderSeen, ReadingSeen, RoomSeen, VariableSeen } from "../../protocol/entities";
import type { GameStore } from "../../store/game.svelte";

export type Reader = Pick<GameStore, "get" | "all">;

export const STATUS_WORDS: Record<OfferSeen["status"], string> = {
  draft: "draft",
  tabled: "on the table",
  agreed: "agreed, not signed",
  signed: "signed",
  in_force: "in force",
  lapsed: "lapsed",
  walked_away: "walked away",
  struck: "struck",
};

/** The newest version of a text this view knows. */
export function latestVersion(reader: Reader, offer: string): OfferVersionSeen | undefined {
  return reader.all("offer_version").filter((v) => v.offer === offer).reduce<OfferVersionSeen | undefined>((a, b) => (a && a.version >= b.version ? a : b), undefined);
}

/** Rooms with their newest line, the most recent first. */
export function newestLines(reader: Reader): { room: RoomSeen; message: MessageSeen | undefined }[] {
  const last = new Map<string, MessageSeen>();
  for (const message of reader.all("message")) {
    const held = last.get(message.room);
    if (!held || held.number < message.number) last.set(message.room, message);
  }
  return reader
    .all("room")
    .map((room) => ({ room, message: last.get(room.id) }))
    .sort((a, b) => (b.message?.at_ms ?? 0) - (a.message?.at_ms ?? 0));
}

/** The newest reading of each variable, in the case's order; headline values first. */
export function readingsNow(reader: Reader): { variable: VariableSeen; reading: ReadingSeen }[] {
  const newest = new Map<string, ReadingSeen>();
  for (const reading of reader.all("reading")) {
    const held = newest.get(reading.variable);
    const better = !held || reading.turn > held.turn || (reading.turn === held.turn && !!held.briefed_by && !reading.briefed_by);
    if (better) newest.set(reading.variable, reading);
  }
  return reader
    .all("variable")
    .flatMap((variable) => {
      const reading = newest.get(variable.id);
      return reading ? [{ variable, reading }] : [];
    })
    .sort((a, b) => Number(b.variable.headline) - Number(a.variable.headline) || a.variable.order - b.variable.order);
}

/** Orders of a turn, as the view knows them, without those taken back. */
export function ordersOf(reader: Reader, turn: number): OrderSeen[] {
  return reader.all("order").filter((order) => order.turn === turn && order.status !== "withdrawn");
}

/** A reading as words: a number where exact, a range where estimated, the band's word else. */
export function readingWords(reading: ReadingSeen): string {
  const write = (value: number) => (Math.abs(value) < 1 && value !== 0 ? value.toFixed(2) : value.toFixed(Math.abs(value) >= 100 ? 0 : 1).replace(/\.0$/, "")).replace("-", "\u2212");
  if (reading.mode === "band") return reading.band ?? "";
  if (reading.mode === "estimate" && reading.low != null && reading.high != null) return `${write(reading.low)}\u2013${write(reading.high)}`;
  return reading.value == null ? "unknown" : write(reading.value);
}

/** A room's title; one that people opened without a title is called by who is in it. */
export function roomName(reader: Reader, room: RoomSeen): string {
  return room.title || room.seats.map((id) => reader.get("seat", id)?.short ?? id).join(", ");
}
