// The audit trail as a page shows it: lines of the log and Control's notes in one order, and what a filter asks for.
import type { LogSeen, NoteSeen } from "../../protocol/entities";

export interface Entry {
  id: string;
  at_ms: number;
  who: string;
  text: string;
  note: boolean;
  event: string;
  objective: string;
  discuss: boolean;
}

export interface Trail {
  items: { v: LogSeen }[];
  next: number | null;
}

export interface Filter {
  /** A name, or `role:<role>`. */
  who: string;
  what: string;
  words: string;
}

/** What can be asked for: the beginning of the names of facts. */
export const KINDS: readonly [string, string][] = [
  ["inject", "Injects"],
  ["ruling", "Rulings"],
  ["outcomes", "Outcomes accepted"],
  ["persona", "Speaking as others"],
  ["note", "Notes"],
  ["clock", "Clock"],
  ["game", "Start, pause, end, rewind"],
  ["phase", "Phases"],
  ["orders", "Orders"],
  ["freemove", "Free moves"],
  ["appeal", "Appeals"],
  ["person", "People"],
  ["seat", "Seats"],
  ["offer", "Texts"],
  ["line", "Lines"],
  ["umpire", "Second umpire"],
];

/** The newest first. `name` turns the id of a note's author into a name; a log line says its own. */
export function entriesOf(log: readonly LogSeen[], notes: readonly NoteSeen[], name: (person: string) => string): Entry[] {
  const own = notes.map((n) => ({ id: n.id, at_ms: n.at_ms, who: name(n.by), text: n.text, note: true, event: n.event ?? "", objective: n.objective ?? "", discuss: n.discuss ?? false }));
  const lines = log
    .filter((l) => l.what !== "note.pinned" || notes.length === 0)
    .map((l) => ({ id: l.id, at_ms: l.at_ms, who: l.who, text: l.text || l.what, note: false, event: "", objective: "", discuss: false }));
  return [...lines, ...own].sort((a, b) => b.at_ms - a.at_ms);
}

/** The query of a filter, empty where everything is asked for. */
export function trailQuery(filter: Filter): string {
  const asked = new URLSearchParams();
  const role = /^role:(.+)$/.exec(filter.who)?.[1];
  if (role) asked.set("role", role);
  else if (filter.who) asked.set("who", filter.who);
  if (filter.what) asked.set("what", filter.what);
  if (filter.words.trim()) asked.set("q", filter.words.trim());
  return asked.toString();
}
