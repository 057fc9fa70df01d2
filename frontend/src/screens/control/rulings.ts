// What Control may do with a proposal, as choices and commands. It forms the command; it decides nothing.
import type { Commands } from "../../protocol/commands";
import type { OrderProposalSeen, ProposalSeen, RulingSeen } from "../../protocol/entities";

export type Choice = "accept" | "done" | "partial" | "blocked" | "reversal" | "event" | "edit" | "question";

export interface Ruling {
  choice: Choice;
  reason: string;
  shownTo: string[];
  variable: string;
  delta: number | null;
  die: string;
  happens: boolean;
}

export const EMPTY_RULING: Ruling = { choice: "accept", reason: "", shownTo: [], variable: "", delta: null, die: "", happens: false };

const OUTCOME_WORDS: Record<string, string> = {
  done: "carried out",
  partial: "carried out in part",
  blocked: "blocked",
  converted: "turned into something weaker",
  delayed: "delayed",
  cancelled: "cancelled",
  succeeded: "came off",
  failed: "did not come off",
};

/** The engine's word for an outcome, as people say it. */
export function outcomeWord(status: string): string {
  return OUTCOME_WORDS[status] ?? status;
}

/** Outcomes that differ from the proposed one: the only ones worth offering. */
export function replacements(order: OrderProposalSeen): ("done" | "partial" | "blocked")[] {
  // A free move comes off or does not: the same two rulings under other names.
  const now = { succeeded: "done", failed: "blocked" }[order.status] ?? order.status;
  return (["done", "partial", "blocked"] as const).filter((outcome) => outcome !== now);
}

/** Why a ruling cannot be recorded yet; an empty text when it can. */
export function missing(ruling: Ruling): string {
  if (ruling.choice === "accept") return "";
  if (ruling.reason.trim().length < 3) return ruling.choice === "question" ? "Write the question." : "Give a reason; it is shown in the review.";
  if (ruling.choice === "event") return ruling.die ? "" : "Choose the event.";
  if (ruling.choice !== "edit") return "";
  if (!ruling.variable) return "Choose the variable to change.";
  if (ruling.delta === null || !Number.isFinite(ruling.delta) || ruling.delta === 0) return "Say by how much, with its sign.";
  if (Math.abs(ruling.delta) > 40) return "A change may be 40 points at most.";
  return "";
}

export type RulingCommand =
  | { name: "ruling.replace"; args: NonNullable<Commands["ruling.replace"]> }
  | { name: "ruling.reversal"; args: NonNullable<Commands["ruling.reversal"]> }
  | { name: "ruling.event"; args: NonNullable<Commands["ruling.event"]> }
  | { name: "ruling.edit"; args: NonNullable<Commands["ruling.edit"]> };

/** The command a complete ruling stands for; null for accepting, which changes nothing, and for a question. */
export function rulingCommand(turn: number, order: OrderProposalSeen | null, ruling: Ruling): RulingCommand | null {
  if (missing(ruling)) return null;
  const common = { turn, reason: ruling.reason.trim(), shown_to: ruling.shownTo };
  if (ruling.choice === "edit") return { name: "ruling.edit", args: { ...common, variable: ruling.variable, delta: ruling.delta! } };
  if (ruling.choice === "event") return { name: "ruling.event", args: { ...common, die: ruling.die, happens: ruling.happens } };
  if (order && ruling.choice === "reversal") return { name: "ruling.reversal", args: { ...common, order: order.order } };
  if (order && (ruling.choice === "done" || ruling.choice === "partial" || ruling.choice === "blocked"))
    return { name: "ruling.replace", args: { ...common, order: order.order, outcome: ruling.choice } };
  return null;
}

/** Rulings that stand, for an order or a variable. */
export function standing(rulings: readonly RulingSeen[], turn: number, target?: string): RulingSeen[] {
  return rulings.filter((ruling) => ruling.turn === turn && !ruling.dropped && (target === undefined || ruling.target === target));
}

/** The queue: what did not go through as ordered first, then what dice decided, then the rest. */
export function queue(proposal: ProposalSeen): OrderProposalSeen[] {
  const rank = (order: OrderProposalSeen) => (order.status !== "done" && order.status !== "succeeded" ? 0 : order.dice.length > 0 ? 1 : 2);
  return proposal.orders.map((order, i) => ({ order, i })).sort((a, b) => rank(a.order) - rank(b.order) || a.i - b.i).map(({ order }) => order);
}
