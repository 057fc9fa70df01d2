/** Questions of consent as a seat's page lays them out. It forms lines; it decides nothing. */
import type { ConsentSeen, OrderSeen } from "../protocol/entities";

export interface ConsentLine { order: OrderSeen; answers: ConsentSeen[]; free: string[] }

/** The questions of a turn that still stand. */
export function standing(requests: readonly ConsentSeen[], turn: number): ConsentSeen[] {
  return requests.filter((request) => request.turn === turn && request.status !== "withdrawn");
}

/** Whether a question is about this order as it stands: requests carry no name of the order, only what it says. */
export function about(request: ConsentSeen, order: OrderSeen): boolean {
  const text = (params: Record<string, unknown>) => JSON.stringify(Object.entries(params).sort(([a], [b]) => a.localeCompare(b)));
  return request.seat === order.seat && request.move === order.move && text(request.params) === text(order.params);
}

/** A seat's orders that call for somebody's consent: the answers so far, and who may still be asked. */
export function ownLines(orders: readonly OrderSeen[], requests: readonly ConsentSeen[], consentsOf: (move: string) => readonly string[], seat: string): ConsentLine[] {
  return orders
    .filter((order) => order.seat === seat && order.status !== "withdrawn")
    .map((order) => {
      const answers = requests.filter((request) => about(request, order));
      return { order, answers, free: consentsOf(order.move).filter((other) => other !== seat && !answers.some((a) => a.to === other)) };
    })
    .filter((line) => line.answers.length + line.free.length > 0);
}

/** What a seat is told that its silence counts for. */
export function silence(request: ConsentSeen): string {
  if (!request.needed) return "You cannot stop it; if you refuse, going ahead costs them.";
  return request.unanswered === "given" ? "It needs your consent. Silence counts as consent." : "It needs your consent. Without it, it is not done.";
}
