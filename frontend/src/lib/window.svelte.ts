/**
 * Which messages of a long room stand on the page: a stretch of numbers that follows the newest, grows at its edges
 * and is fetched where it has holes. A room of 5,000 costs what its stretch costs.
 */
import type { MessageSeen, RoomSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

export const STEP = 40;
export const MOST = 160;

export class RoomWindow {
  /** Number of the newest message shown; null follows the room. */
  #upto = $state<number | null>(null);
  #count = $state(STEP);
  loading = $state(false);
  #asked = new Set<number>();

  constructor(
    readonly game: GameStore,
    readonly room: string,
  ) {}

  get last(): number {
    return this.game.get("room", this.room)?.last ?? 0;
  }

  get upto(): number {
    return Math.min(this.#upto ?? this.last, this.last);
  }

  get from(): number {
    return Math.max(1, this.upto - this.#count + 1);
  }

  get following(): boolean {
    return this.upto >= this.last;
  }

  /** The messages of the stretch that are here. */
  get messages(): MessageSeen[] {
    const found: MessageSeen[] = [];
    for (let number = this.from; number <= this.upto; number += 1) {
      const message = this.game.get("message", `${this.room}:${number}`);
      if (message) found.push(message);
    }
    return found;
  }

  /** Number of the newest message of the stretch that is missing, or 0. */
  get hole(): number {
    for (let number = this.upto; number >= this.from; number -= 1) {
      if (!this.game.has("message", `${this.room}:${number}`)) return number;
    }
    return 0;
  }

  /** Fetch what is missing; asks for no stretch twice. */
  async fill(): Promise<void> {
    const hole = this.hole;
    if (!hole || this.#asked.has(hole)) return;
    this.#asked.add(hole);
    this.loading = true;
    if (!(await this.game.pageRoom(this.room, hole, Math.min(100, hole - this.from + STEP)))) this.#asked.delete(hole);
    this.loading = false;
  }

  older(): boolean {
    if (this.from <= 1) return false;
    this.#count += STEP;
    if (this.#count > MOST) {
      this.#upto = this.upto - (this.#count - MOST);
      this.#count = MOST;
    }
    return true;
  }

  newer(): boolean {
    if (this.following) return false;
    const to = this.upto + STEP;
    const from = Math.max(this.from, to - MOST + 1);
    this.#upto = to >= this.last ? null : to;
    this.#count = this.upto - from + 1;
    return true;
  }

  /** Stand around a message. */
  around(number: number): void {
    const to = number + STEP / 2;
    this.#upto = to >= this.last ? null : to;
    this.#count = STEP + 10;
  }

  toEnd(): void {
    this.#upto = null;
    this.#count = STEP;
  }
}

export function lastRead(game: GameStore, room: RoomSeen): number {
  return game.seat === null ? room.last : (game.get("read", `${room.id}:${game.seat}`)?.upto ?? 0);
}
