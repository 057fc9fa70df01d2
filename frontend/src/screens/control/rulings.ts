// What Control may do with a proposal, as choices and commands. It forms the command; it decides nothing.
import type { Commands } from "../../protocol/commands";
import type { OrderProposalSeen, ProposalSeen, ReviewSeen, RulingSeen } from "../../protocol/entities";

export type Outcome = "done" | "partial" | "blocked";
export type Choice = "accept" | Outcome | "fidelity" | "reversal" | "edit" | "set" | "row" | "effects" | "event" | "annotate" | "question";
export type Primitive = "add" | "flag" | "clause" | "resource";

export interface Ruling {
  choice: Choice;
  reason: string;
  shownTo: string[];
  /** Of edit, set and row. */
  variable: string;
  /** A change (edit), a value (set), an amount (row), a degree in percent (fidelity). */
  amount: number | null;
  rule: string;
  cause: string;
  primitive: Primitive;
  target: string;
  die: string;
  happens: boolean;
}

export const EMPTY_RULING: Ruling = { choice: "accept", reason: "", shownTo: [], variable: "", amount: null, rule: "", cause: "", primitive: "add", target: "", die: "", happens: false };

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
export function replacements(order: OrderProposalSeen): Outcome[] {
  // A free move comes off or does not: the same two rulings under other names.
  const now = { succeeded: "done", failed: "blocked" }[order.status] ?? order.status;
  return (["done", "partial", "blocked"] as const).filter((outcome) => outcome !== now);
}

/** Whether an order can be ruled on by degree: it is carried out, and it is no free move. */
export function hasDegree(order: OrderProposalSeen): boolean {
  return order.move !== "" && ["done", "partial", "delayed", "converted"].includes(order.status);
}

/** What of a ruling is not filled in yet, apart from its reason; an empty text when nothing is. */
function gap(ruling: Ruling): string {
  const number = ruling.amount !== null && Number.isFinite(ruling.amount);
  switch (ruling.choice) {
    case "event":
      return ruling.die ? "" : "Choose the event.";
    case "fidelity":
      return number && ruling.amount! >= 0 && ruling.amount! <= 100 ? "" : "Say to what degree, 0 to 100 percent.";
    case "edit":
      if (!ruling.variable) return "Choose the variable to change.";
      if (!number || ruling.amount === 0) return "Say by how much, with its sign.";
      return Math.abs(ruling.amount!) > 40 ? "A change may be 40 points at most." : "";
    case "set":
      if (!ruling.variable) return "Choose the variable to set.";
      return number ? "" : "Say to what value.";
    case "row":
      if (!ruling.cause) return "Choose the cause, under what moves a variable.";
      return number ? "" : "Say what it comes to; 0 drops it.";
    case "effects":
      if (!ruling.target) return "Choose what it acts on.";
      return number ? "" : "Say how much.";
    default:
      return "";
  }
}

/** Why a ruling cannot be recorded yet; an empty text when it can. */
export function missing(ruling: Ruling): string {
  if (ruling.choice === "accept") return "";
  if (ruling.reason.trim().length < 3) return ruling.choice === "question" ? "Write the question." : ruling.choice === "annotate" ? "Write the remark." : "Give a reason; it is shown in the review.";
  return gap(ruling);
}

type Of<N extends keyof Commands> = { name: N; args: NonNullable<Commands[N]> };
export type RulingCommand =
  | Of<"ruling.replace"> | Of<"ruling.fidelity"> | Of<"ruling.reversal"> | Of<"ruling.event"> | Of<"ruling.edit"> | Of<"ruling.set">
  | Of<"ruling.row"> | Of<"ruling.effects"> | Of<"ruling.annotate">;

/** The command a complete ruling stands for; null for accepting, which changes nothing, for a question and while incomplete. */
export function rulingCommand(turn: number, order: OrderProposalSeen | null, ruling: Ruling): RulingCommand | null {
  return missing(ruling) ? null : formed(turn, order, ruling, ruling.reason.trim());
}

/** The command to try out: as soon as what it does is said, without waiting for the reason. Remarks do nothing. */
export function trialCommand(turn: number, order: OrderProposalSeen | null, ruling: Ruling): RulingCommand | null {
  return gap(ruling) || ruling.choice === "annotate" ? null : formed(turn, order, ruling, "Trying it out.");
}

function formed(turn: number, order: OrderProposalSeen | null, ruling: Ruling, reason: string): RulingCommand | null {
  const common = { turn, reason, shown_to: ruling.shownTo };
  const amount = ruling.amount ?? 0;
  switch (ruling.choice) {
    case "edit":
      return { name: "ruling.edit", args: { ...common, variable: ruling.variable, delta: amount } };
    case "set":
      return { name: "ruling.set", args: { ...common, variable: ruling.variable, value: amount } };
    case "row":
      return { name: "ruling.row", args: { ...common, variable: ruling.variable, rule: ruling.rule, cause: ruling.cause, amount } };
    case "effects":
      return { name: "ruling.effects", args: { ...common, effects: [{ kind: ruling.primitive, target: ruling.target, value: amount }] } };
    case "event":
      return { name: "ruling.event", args: { ...common, die: ruling.die, happens: ruling.happens } };
    case "accept":
    case "question":
      return null;
  }
  if (!order) return null;
  switch (ruling.choice) {
    case "reversal":
      return { name: "ruling.reversal", args: { ...common, order: order.order } };
    case "fidelity":
      return { name: "ruling.fidelity", args: { ...common, order: order.order, degree: amount / 100 } };
    case "annotate":
      return { name: "ruling.annotate", args: { ...common, target: order.order } };
    default:
      return { name: "ruling.replace", args: { ...common, order: order.order, outcome: ruling.choice } };
  }
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

/** What can be accepted by itself: every order and free move, every event of the turn, every variable that moves. */
export function outcomes(proposal: ProposalSeen): string[] {
  return [...proposal.orders.map((o) => o.order), ...proposal.open_events.map((e) => e.key), ...proposal.changes.map((c) => `variable:${c.variable}`)];
}

/** Orders that nobody has ruled on or accepted yet. */
export function untouched(proposal: ProposalSeen, rulings: readonly RulingSeen[], review: ReviewSeen | undefined): OrderProposalSeen[] {
  const done = new Set([...(review?.reviewed ?? []), ...rulings.map((r) => r.target)]);
  return proposal.orders.filter((order) => !done.has(order.order));
}

/** What went as ordered and without dice: what is accepted in one go before the cases are looked at. */
export function routine(orders: readonly OrderProposalSeen[]): OrderProposalSeen[] {
  return orders.filter((order) => order.status === "done" && order.dice.length === 0 && order.fidelity === 1);
}

// --- what a ruling would do -------------------------------------------------------------------------------------
export interface WhatIf {
  turn: number;
  orders: { order: string; seat: string; label: string; status: [string, string]; degree: [number, number] }[];
  values: { variable: string; label: string; proposed: number; would_be: number }[];
  events: { die: string; outcome: [string, string] }[];
  gained: string[];
  lost: string[];
  flags: [string, boolean][];
  goals: { seat: string; goal: string; score: [number, number] }[];
  p_clash: [number, number];
  p_war: [number, number];
}

/** Whether a trial comes to nothing at all. */
export function nothing(found: WhatIf): boolean {
  return [found.orders, found.values, found.events, found.gained, found.lost, found.flags].every((list) => list.length === 0);
}
