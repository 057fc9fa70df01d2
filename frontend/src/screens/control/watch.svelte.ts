/**
 * The seat board as the server counts it: asked every few seconds, and soon after something has happened. It holds the
 * newest answer and never a history; nobody looks, nobody asks.
 */
import { api } from "../../lib/http";
import type { GameStore } from "../../store/game.svelte";

export interface SeatLive {
  seat: string;
  on: boolean;
  seen_ms: number | null;
  acted_ms: number | null;
  unread: number;
  load: number;
  waiting: Record<string, number>;
  drafts: number;
  submitted: boolean;
  told: number;
}

export interface RoomLive {
  room: string;
  count: number;
  at_ms: number | null;
  /** Messages in each of the last minutes, the oldest first. */
  beats: number[];
}

export interface BoardLive {
  at_ms: number;
  told: number;
  seats: SeatLive[];
  rooms: RoomLive[];
}

const EVERY_MS = 5_000;
const AT_MOST_MS = 1_500;

export class BoardWatch {
  answer = $state.raw<BoardLive | null>(null);
  /** Grows with every answer: parts that ask for more of their own follow it. */
  round = $state(0);
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly game: GameStore) {}

  /** Begin to watch. Returns the way to stop. */
  start(): () => void {
    void this.#ask();
    const timer = setInterval(() => void this.#ask(), EVERY_MS);
    const deaf = this.game.onItems(() => {
      this.#soon ??= setTimeout(() => void this.#ask(), Math.max(200, this.#asked + AT_MOST_MS - Date.now()));
    });
    return () => {
      clearInterval(timer);
      clearTimeout(this.#soon);
      deaf();
    };
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (document.hidden) return;
    this.#asked = Date.now();
    const found = await api<BoardLive>(`/games/${encodeURIComponent(this.game.id)}/board`);
    if (!found.ok) return;
    this.answer = found.value;
    this.round += 1;
  }
}
