/** The seat's sheet for this turn, as shown: moves with what is ordered of them. Sorting only; the server knows the rules. */
import type { MoveSeen, OrderSeen, SheetSeen } from "../../protocol/entities";
import type { GameStore } from "../../store/game.svelte";

export interface MoveLine {
  move: MoveSeen;
  orders: OrderSeen[];
}

const RANK = { available: 0, conditional: 1, locked: 2 } as const;

export class OrderDesk {
  constructor(private readonly game: GameStore) {}

  readonly turn = $derived.by(() => this.game.game?.turn ?? 0);
  readonly sheet = $derived.by<SheetSeen | undefined>(() => (this.game.seat ? this.game.get("sheet", `${this.game.seat}@${this.turn}`) : undefined));
  readonly orders = $derived.by<OrderSeen[]>(() => this.game.all("order").filter((o) => o.turn === this.turn && o.seat === this.game.seat && o.status !== "withdrawn"));
  readonly open = $derived.by(() => {
    const frame = this.game.game;
    return Boolean(this.sheet && !this.sheet.locked && frame && (frame.status === "running" || frame.status === "paused"));
  });
  /** Drafting is possible. */
  readonly drafting = $derived.by(() => this.open && !this.sheet?.submitted && !this.game.me?.readOnly);

  lines(query: string): MoveLine[] {
    const words = query.trim().toLowerCase();
    return this.game
      .all("move")
      .filter((m) => !words || `${m.code} ${m.label} ${m.text} ${m.group}`.toLowerCase().includes(words))
      .map((move) => ({ move, orders: this.orders.filter((o) => o.move === move.id) }))
      .sort((a, b) => Number(b.orders.length > 0) - Number(a.orders.length > 0) || RANK[a.move.state] - RANK[b.move.state] || near(a.move) - near(b.move));
  }
}

/** Nearness of unlock: fewer failing conditions first. */
function near(move: MoveSeen): number {
  return move.state === "locked" ? move.why.length : 0;
}
