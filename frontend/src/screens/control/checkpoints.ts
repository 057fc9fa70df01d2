/** Marked moments as Control's panel lists them: newest first, with the words of the turn and phase. No rule of the game. */
import type { CheckpointSeen, GameSeen, SeatSeen } from "../../protocol/entities";

export interface ForkSeat {
  id: string;
  label: string;
  /** Who plays it in the new game: `open`, `vacant`, or the id of a bot's policy. */
  player: string;
}

/** The checkpoints to show, newest first; without those that made themselves if only Control's own are wanted. */
export function listed(all: readonly CheckpointSeen[], ownOnly: boolean): CheckpointSeen[] {
  return all.filter((one) => !ownOnly || !one.auto).toSorted((a, b) => b.seq - a.seq);
}

/** "2017 Q2, Planning": where in the game a moment lies. */
export function moment(game: Pick<GameSeen, "phases" | "turn_names"> | undefined, turn: number, phase: string): string {
  const name = game?.turn_names[turn - 1] ?? `Turn ${turn}`;
  const label = game?.phases.find((one) => one.id === phase)?.label;
  return label ? `${name}, ${label}` : name;
}

/** Who plays each seat if nothing is changed: bots stay, people's seats wait for people; in a sandbox bots take those. */
export function forkSeats(seats: readonly SeatSeen[], defaults: Record<string, string>, sandbox: boolean): ForkSeat[] {
  return seats.map((seat) => {
    const bot = defaults[seat.id] ?? "vacant";
    const played = seat.members.length > 0;
    const player = seat.bot ? "" : sandbox ? (played ? bot : "vacant") : played || seat.open ? "open" : "vacant";
    return { id: seat.id, label: seat.label, player };
  });
}

/** What the server is told of the seats: those left as they are are not named. */
export function namedSeats(seats: readonly ForkSeat[]): Record<string, string> {
  return Object.fromEntries(seats.filter((seat) => seat.player !== "").map((seat) => [seat.id, seat.player]));
}
