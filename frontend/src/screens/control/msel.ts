// How the scheduled list is laid out for Control. Pure: entities in, groups out.
import type { InjectSeen, MselSeen } from "../../protocol/entities";

export type GroupId = "due" | "condition" | "sent" | "next" | "skipped";

export interface MselGroup {
  id: GroupId;
  title: string;
  items: MselSeen[];
}

const TITLES: Record<GroupId, string> = {
  due: "Due now",
  condition: "Waiting on a condition",
  sent: "Sent this turn",
  next: "Next",
  skipped: "Skipped",
};

/** The turn in which an item went out: its inject's own turn, else the turn it was planned for. */
export function sentTurn(item: MselSeen, injects: readonly InjectSeen[]): number | null {
  const sent = injects.find((inject) => inject.title === item.title && inject.source === item.source);
  return sent?.turn ?? item.turn;
}

/**
 * Group the list as the pane shows it. `turn`: only what matters now (the next two turns ahead);
 * `all`: everything, sent items of every turn included; `skipped`: what was taken off.
 */
export function mselGroups(items: readonly MselSeen[], injects: readonly InjectSeen[], turn: number, tab: "turn" | "all" | "skipped"): MselGroup[] {
  const waiting = items.filter((item) => item.state === "waiting");
  const sent = items.filter((item) => item.state === "sent");
  const now = Math.max(1, turn);
  const byTurn = (a: MselSeen, b: MselSeen) => (a.turn ?? 0) - (b.turn ?? 0) || a.id.localeCompare(b.id, "en", { numeric: true });
  const parts: Record<GroupId, MselSeen[]> = {
    due: waiting.filter((item) => item.turn !== null && item.turn <= now),
    condition: waiting.filter((item) => item.turn === null),
    sent: tab === "all" ? sent : sent.filter((item) => sentTurn(item, injects) === now),
    next: waiting.filter((item) => item.turn !== null && item.turn > now && (tab === "all" || item.turn <= now + 2)),
    skipped: items.filter((item) => item.state === "skipped"),
  };
  const order: GroupId[] = tab === "skipped" ? ["skipped"] : ["due", "sent", "next", "condition"];
  return order
    .map((id) => ({ id, title: id === "sent" && tab === "all" ? "Sent" : TITLES[id], items: [...parts[id]].sort(byTurn) }))
    .filter((group) => group.items.length > 0);
}

/** The next item up or down the list as drawn; stays at the ends. */
export function stepSelection(groups: readonly MselGroup[], selected: string | null, step: 1 | -1): string | null {
  const ids = groups.flatMap((group) => group.items.map((item) => item.id));
  if (ids.length === 0) return null;
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at === -1) return step === 1 ? ids[0]! : ids[ids.length - 1]!;
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))]!;
}
