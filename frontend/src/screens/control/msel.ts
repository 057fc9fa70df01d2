// How the master list is laid out for Control: groups, filters, the order of time. Pure: entities in, groups out.
import type { MselSeen, PhaseSeen } from "../../protocol/entities";

export type Tab = "turn" | "all" | "holds";
export type GroupId = "draft" | "due" | "held" | "sent" | "next" | "condition" | "hand" | "off";
/** What sets an entry off: the clock, an action, silence, another entry, the state of the world, Control's word. */
export type Cause = "clock" | "action" | "silence" | "after" | "state" | "hand";
export type State = MselSeen["state"];

export interface MselGroup {
  id: GroupId;
  title: string;
  items: MselSeen[];
}

export interface Filter {
  words: string;
  seat: string;
  objective: string;
  state: State | "";
}

export const NO_FILTER: Filter = { words: "", seat: "", objective: "", state: "" };

export const TITLES: Record<GroupId, string> = {
  draft: "Waiting for approval",
  due: "Due now",
  held: "Held",
  sent: "Sent this turn",
  next: "Next",
  condition: "Waiting on a condition",
  hand: "On Control's word",
  off: "Off the list",
};

export const STATE_WORDS: Record<State, string> = {
  draft: "draft",
  waiting: "waiting",
  held: "held",
  sent: "sent",
  skipped: "skipped",
  undone: "taken back",
  passed: "passed over",
};

export const CHANNEL_WORDS: Record<MselSeen["channel"], string> = {
  cable: "Cable",
  room: "Room",
  press: "Press wall",
  intel: "Intelligence",
  flash: "Full screen",
};

export function causeOf({ when }: Pick<MselSeen, "when">): Cause {
  if (when.hand) return "hand";
  if (when.on) return "action";
  if (when.silence) return "silence";
  if (when.after) return "after";
  return when.turn === null ? "state" : "clock";
}

/** Where an entry stands in the game's time; null for one that no clock sets off. */
export function placeOf(item: Pick<MselSeen, "when">, phases: readonly PhaseSeen[]): [number, number, number] | null {
  if (causeOf(item) !== "clock" || item.when.turn === null) return null;
  return [item.when.turn, item.when.phase ? phases.findIndex((p) => p.id === item.when.phase) : -1, item.when.offset_ms];
}

export function byNumber(a: MselSeen, b: MselSeen): number {
  return (a.number || a.id).localeCompare(b.number || b.id, "en", { numeric: true });
}

/** In the order in which they are to go out; what no clock sets off comes last, by number. */
export function byTime(phases: readonly PhaseSeen[]): (a: MselSeen, b: MselSeen) => number {
  return (a, b) => {
    const [x, y] = [placeOf(a, phases), placeOf(b, phases)];
    if (!x || !y) return x ? -1 : y ? 1 : byNumber(a, b);
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || byNumber(a, b);
  };
}

/** Its own clock runs, or has come to stand in a pause. */
function running(item: MselSeen): boolean {
  return item.due_at_ms !== null || item.left_ms !== null;
}

export function groupOf(item: MselSeen, turn: number): GroupId {
  if (item.state === "draft" || item.state === "held" || item.state === "sent") return item.state;
  if (item.state !== "waiting") return "off";
  const cause = causeOf(item);
  if (running(item)) return "due";
  if (cause === "hand") return "hand";
  if (cause !== "clock") return "condition";
  return (item.when.turn ?? 0) <= Math.max(1, turn) ? "due" : "next";
}

export function matches(item: MselSeen, filter: Filter): boolean {
  if (filter.seat && !item.to.includes(filter.seat)) return false;
  if (filter.objective && item.objective !== filter.objective) return false;
  if (filter.state && item.state !== filter.state) return false;
  const words = filter.words.trim().toLowerCase();
  return !words || [item.id, item.number, item.title, item.text, item.source, item.owner, item.expected].some((text) => text.toLowerCase().includes(words));
}

const ORDER: GroupId[] = ["draft", "due", "held", "next", "sent", "condition", "hand", "off"];

/**
 * Group the list as the pane shows it. `turn`: what matters now and in the next two turns; `all`: everything;
 * `holds`: what Control holds back and what waits for its approval.
 */
export function mselGroups(items: readonly MselSeen[], { turn, tab, phases, filter = NO_FILTER }: { turn: number; tab: Tab; phases: readonly PhaseSeen[]; filter?: Filter }): MselGroup[] {
  const now = Math.max(1, turn);
  const shown = (id: GroupId, item: MselSeen): boolean => {
    if (tab === "all") return true;
    if (tab === "holds") return id === "held" || id === "draft";
    if (id === "sent") return item.sent_turn === now;
    if (id === "next") return (item.when.turn ?? 0) <= now + 2;
    return id !== "off";
  };
  const parts = new Map<GroupId, MselSeen[]>();
  for (const item of items) {
    const id = groupOf(item, turn);
    if (shown(id, item) && matches(item, filter)) parts.set(id, [...(parts.get(id) ?? []), item]);
  }
  const time = byTime(phases);
  const soonest = (a: MselSeen, b: MselSeen) => (a.due_at_ms ?? Infinity) - (b.due_at_ms ?? Infinity) || 0;
  return ORDER.flatMap((id) => {
    const found = parts.get(id);
    if (!found) return [];
    return [{ id, title: id === "sent" && tab === "all" ? "Sent" : TITLES[id], items: found.sort((a, b) => (id === "due" ? soonest(a, b) || time(a, b) : time(a, b))) }];
  });
}

/** The next item up or down the list as drawn; stays at the ends. */
export function stepSelection(groups: readonly MselGroup[], selected: string | null, step: 1 | -1): string | null {
  const ids = groups.flatMap((group) => group.items.map((item) => item.id));
  if (ids.length === 0) return null;
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at === -1) return step === 1 ? ids[0]! : ids[ids.length - 1]!;
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))]!;
}

/** What may be done with an entry as it stands. `unread`: nobody it went to has opened it. */
export function mayDo(item: MselSeen, unread: boolean): Record<"fire" | "hold" | "release" | "skip" | "restore" | "edit" | "retime" | "approve" | "remove" | "undo" | "mark", boolean> {
  const { state } = item;
  const open = state === "waiting" || state === "held";
  return {
    fire: open || state === "skipped" || state === "undone" || state === "passed",
    hold: state === "waiting",
    release: state === "held",
    skip: open,
    restore: state === "skipped" || state === "undone" || state === "passed",
    edit: state !== "sent",
    retime: (open || state === "draft") && (causeOf(item) === "clock" || causeOf(item) === "hand"),
    approve: state === "draft",
    remove: state === "draft",
    undo: state === "sent" && unread && item.sent !== "",
    mark: state === "sent",
  };
}

export interface Time {
  turn: number;
  phase: string;
  offset_ms: number;
}

const MINUTE = 60_000;

/** An entry's time moved one step: a minute inside a phase, a turn where only the turn was said. Never before the beginning. */
export function stepTime({ turn, phase, offset_ms }: Time, step: 1 | -1): Time {
  if (phase || offset_ms > 0) return { turn, phase, offset_ms: Math.max(0, offset_ms + step * MINUTE) };
  return { turn: Math.max(1, turn + step), phase, offset_ms };
}

/** The time an entry takes that is dropped on another: that one's own. Null where it has none. */
export function timeOf(item: MselSeen | undefined): Time | null {
  if (!item || item.when.turn === null || causeOf(item) !== "clock") return null;
  return { turn: item.when.turn, phase: item.when.phase, offset_ms: item.when.offset_ms };
}

/** A time in words: "turn 3, Negotiate + 5 min". */
export function timeWords({ turn, phase, offset_ms }: Time, phases: readonly PhaseSeen[], turnName: (n: number) => string = (n) => `turn ${n}`): string {
  const where = phase ? `, ${phases.find((p) => p.id === phase)?.label ?? phase}` : "";
  return `${turnName(turn)}${where}${offset_ms > 0 ? ` + ${+(offset_ms / MINUTE).toFixed(1)} min` : ""}`;
}
