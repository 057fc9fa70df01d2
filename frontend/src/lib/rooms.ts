/** Rooms as a seat looks at them: grouped by who is on the other side, with what is unread. */
import type { MessageSeen, RoomSeen, SeatSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

/** Stands for a room where what was overheard is read. */
export const OVERHEARD = "overheard";

export interface RoomGroup {
  id: "meeting" | "table" | "side" | "others" | "control" | "past";
  label: string;
  rooms: RoomSeen[];
}

export function unread(game: GameStore, room: RoomSeen): number {
  const seat = game.seat;
  if (seat === null) return 0;
  return Math.max(0, room.last - (game.get("read", `${room.id}:${seat}`)?.upto ?? 0));
}

export function unreadTotal(game: GameStore): number {
  return game.all("room").reduce((sum, room) => sum + (room.kind === "press" ? 0 : unread(game, room)), 0);
}

/** Seats of my side: those I share a standing (team or side) room with. */
export function mySide(game: GameStore): Set<string> {
  const seat = game.seat;
  const side = new Set<string>(seat ? [seat] : []);
  for (const room of game.all("room")) {
    if (room.kind === "team" && seat && room.seats.includes(seat)) room.seats.forEach((s) => side.add(s));
  }
  return side;
}

export function others(game: GameStore, room: RoomSeen): string[] {
  return room.seats.filter((s) => s !== game.seat);
}

export function groupRooms(game: GameStore): RoomGroup[] {
  const side = mySide(game);
  const groups: RoomGroup[] = [
    { id: "meeting", label: "Conferences", rooms: [] },
    { id: "table", label: "At the table", rooms: [] },
    { id: "side", label: "My side", rooms: [] },
    { id: "others", label: "Others", rooms: [] },
    { id: "control", label: "Control", rooms: [] },
    { id: "past", label: "Past meetings", rooms: [] },
  ];
  for (const room of game.all("room")) {
    if (room.kind === "press") continue;
    groups.find((g) => g.id === place(game, room, side))?.rooms.push(room);
  }
  return groups.filter((g) => g.rooms.length > 0);
}

function place(game: GameStore, room: RoomSeen, side: Set<string>): RoomGroup["id"] {
  if (room.kind === "control") return "control";
  if (room.at) return isPast(game, room) ? "past" : "meeting";
  const far = others(game, room).filter((s) => !side.has(s));
  if (far.length === 0) return "side";
  return far.every((s) => !atTable(game, s)) ? "others" : "table";
}

/** A conference that is over, or talk in the corridor of one. */
export function isPast(game: GameStore, room: RoomSeen): boolean {
  return room.at !== "" && game.get("conference", room.at)?.state === "closed";
}

/** Whether a seat is of a side that signs texts: those who bargain, as against those who only speak. */
export function atTable(game: GameStore, seat: string): boolean {
  const side = game.get("seat", seat)?.side;
  return game.all("seat").some((s) => s.signs && s.side === side);
}

/** Title of a room for me: its own title, or the others in it. */
export function roomTitle(game: GameStore, room: RoomSeen): string {
  if (room.kind === "control") return "Control";
  if (room.title) return room.title;
  const names = others(game, room)
    .map((s) => game.get("seat", s)?.short ?? s)
    .join(", ");
  return room.kind === "corridor" ? `Corridor: ${names}` : names;
}

/** The glyph a room shows: the first seat on the other side, or Control. */
export function roomFace(game: GameStore, room: RoomSeen): string {
  if (room.kind === "control") return "control";
  const side = mySide(game);
  const rest = others(game, room);
  return rest.find((s) => !side.has(s)) ?? rest[0] ?? game.seat ?? "control";
}

/** Whether a message here crosses to another side; such messages wait five seconds with an undo. */
export function crossesTeams(game: GameStore, room: RoomSeen): boolean {
  if (room.kind === "press") return true;
  const side = mySide(game);
  return room.kind !== "control" && room.seats.some((s) => !side.has(s));
}

export type Presence = "here" | "away" | "bot" | "empty";

/** Whether somebody of a seat is at the table now, as far as the server knows. */
export function presence(game: GameStore, seat: SeatSeen | undefined): Presence {
  if (!seat) return "empty";
  if (seat.members.length === 0) return seat.bot ? "bot" : "empty";
  return seat.members.some((m) => game.presence.get(m.person)?.on) ? "here" : "away";
}

export const PRESENCE_WORDS: Record<Presence, string> = { here: "here", away: "away", bot: "played by a bot", empty: "nobody sits here" };

/** The other seats that have read a message, as far as the case lets this seat know. */
export function readers(game: GameStore, room: RoomSeen, number: number): string[] {
  return others(game, room).filter((seat) => (game.get("read", `${room.id}:${seat}`)?.upto ?? 0) >= number);
}

/** Who hears what is said in a room: its seats and the people in those of other sides. It is confirmed anew when it changes. */
export function audienceOf(game: GameStore, room: RoomSeen): string {
  const side = mySide(game);
  const people = room.seats.filter((s) => !side.has(s)).flatMap((s) => game.get("seat", s)?.members.map((m) => m.person) ?? []);
  return room.kind === "press" ? "everyone" : [...room.seats, ...people].sort().join(" ");
}

/** Seats named in a text: @ and the short name, longest names first, in any case. */
export function namedIn(game: GameStore, text: string): string[] {
  let rest = text.toLocaleLowerCase();
  const found: string[] = [];
  for (const seat of game.all("seat").toSorted((a, b) => b.short.length - a.short.length)) {
    const name = `@${seat.short.toLocaleLowerCase()}`;
    if (!rest.includes(name)) continue;
    found.push(seat.id);
    rest = rest.replaceAll(name, " ");
  }
  return found.sort();
}

/** Whether a message this seat has not read names it. */
export function namesMe(game: GameStore, room: RoomSeen): boolean {
  const seat = game.seat;
  if (seat === null) return false;
  const read = game.get("read", `${room.id}:${seat}`)?.upto ?? 0;
  for (let number = room.last; number > Math.max(read, room.last - 100); number -= 1) {
    const message: MessageSeen | undefined = game.get("message", `${room.id}:${number}`);
    if (message?.mentions.includes(seat)) return true;
  }
  return false;
}
