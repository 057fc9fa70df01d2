/** Rooms as a seat looks at them: grouped by who is on the other side, with what is unread. */
import type { RoomSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

export interface RoomGroup {
  id: "table" | "side" | "others" | "control";
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
    { id: "table", label: "At the table", rooms: [] },
    { id: "side", label: "My side", rooms: [] },
    { id: "others", label: "Others", rooms: [] },
    { id: "control", label: "Control", rooms: [] },
  ];
  for (const room of game.all("room")) {
    if (room.kind === "press") continue;
    groups.find((g) => g.id === place(game, room, side))?.rooms.push(room);
  }
  return groups.filter((g) => g.rooms.length > 0);
}

function place(game: GameStore, room: RoomSeen, side: Set<string>): RoomGroup["id"] {
  if (room.kind === "control") return "control";
  const far = others(game, room).filter((s) => !side.has(s));
  if (far.length === 0) return "side";
  return far.every((s) => !atTable(game, s)) ? "others" : "table";
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
  return others(game, room)
    .map((s) => game.get("seat", s)?.short ?? s)
    .join(", ");
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
