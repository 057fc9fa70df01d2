/** People of a game as Control works with them: their links, rights in words, and what a sheet of names would do. */

import { loadRefusals, refusal } from "../../lib/refusals";
import { passHeaders } from "../../lib/passes";
import { api, type Answer } from "../../lib/http";
import type { EnrolmentSeen } from "../../protocol/entities";

export type Right = EnrolmentSeen["rights"][number];
export const RIGHTS: [Exclude<Right, "observe">, string, string][] = [
  ["inject", "Inject", "send, hold and write injects, tap and leak lines"],
  ["adjudicate", "Adjudicate", "rule, release outcomes, answer appeals"],
  ["clock", "Clock", "start, pause, extend and end, lock screens"],
  ["people", "People", "invite, seat, remove, give rights"],
  ["speak", "Speak", "write in rooms, nudge a seat, speak as others"],
];
export const ROLES = { player: "player", control: "facilitator", observer: "observer", guest: "guest" } as const;

export interface Member {
  person: string;
  display: string;
  email: string;
  link: string;
  seen_ms: number;
}
export interface Planned {
  at: string;
  display: string;
  email: string;
  role: keyof typeof ROLES;
  rights: Right[];
  seat: string | null;
  wishes: string[];
  section: string;
  known: boolean;
}
export interface Plan {
  people: Planned[];
  faults: { cell: string; message: string }[];
  ignored: string[];
}
export interface Invited {
  name: string;
  email: string;
  person: string;
  seat: string | null;
  link: string;
}

const path = (game: string): string => `/games/${encodeURIComponent(game)}`;

export function rightsInWords(rights: readonly Right[]): string {
  if (rights.length === RIGHTS.length) return "all rights";
  if (rights.includes("observe")) return "only looks";
  return RIGHTS.filter(([id]) => rights.includes(id)).map(([, words]) => words.toLowerCase()).join(", ");
}

export async function loadMembers(game: string): Promise<Map<string, Member> | null> {
  const answer = await api<{ people: Member[] }>(`${path(game)}/people`);
  return answer.ok ? new Map(answer.value.people.map((one) => [one.person, one])) : null;
}

/** What a file would do; nobody is let in by it. */
export async function readSheet(game: string, file: File | string): Promise<Answer<Plan>> {
  const kind = typeof file === "string" || file.name.toLowerCase().endsWith(".csv") ? "csv" : "xlsx";
  try {
    const response = await fetch(`/api${path(game)}/roster.${kind}`, { method: "POST", headers: { ...passHeaders(game), "Content-Type": "application/octet-stream" }, body: file });
    const value = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok) return { ok: true, value: value as unknown as Plan };
    const code = String(value.code ?? "http.failed");
    await loadRefusals();
    return { ok: false, code, text: refusal(code, (value.params as Record<string, unknown>) ?? {}), status: response.status };
  } catch {
    return { ok: false, code: "http.failed", text: refusal("http.failed"), status: 0 };
  }
}

/** Names as somebody types or pastes them, one a line, as a sheet with one column; a pasted table stays a table. */
export function sheetOf(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const head = (lines[0] ?? "").toLowerCase();
  if (/[,;\t]/.test(head) && /\bname\b/.test(head)) return lines.join("\n");
  return ["name", ...lines.map((line) => `"${line.replaceAll('"', '""')}"`)].join("\n");
}

export function letIn(game: string, id: string, people: readonly Planned[], assign: "balanced" | "random" | null): Promise<Answer<{ people: Invited[] }>> {
  const rows = people.map(({ display, email, role, rights, seat, wishes }) => ({ display, email, role, rights, seat: seat ?? "", wishes }));
  return api<{ people: Invited[] }>(`${path(game)}/people`, { id, people: rows, assign });
}
