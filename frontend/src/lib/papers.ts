/** Papers as a seat looks at them: what waits for it, what lies on its desk, what came and went, and how they stand. */
import type { PaperFormSeen, PaperSeen, TaskingSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

export const STATUS_WORDS: Record<PaperSeen["status"], string> = {
  draft: "Draft",
  in_clearance: "In clearance",
  cleared: "Cleared",
  returned: "Returned",
  released: "Released",
  received: "Received",
  withdrawn: "Withdrawn",
};
export const STATUS_TONE: Record<PaperSeen["status"], string> = {
  draft: "line",
  in_clearance: "warn",
  cleared: "ok",
  returned: "bad",
  released: "inv",
  received: "",
  withdrawn: "line",
};
export const TASK_WORDS: Record<TaskingSeen["state"], string> = {
  open: "Open",
  taken: "Being worked on",
  late: "Late",
  answered: "Answered",
  declined: "Declined",
  withdrawn: "Called off",
};
export const TASK_TONE: Record<TaskingSeen["state"], string> = { open: "line", taken: "warn", late: "bad", answered: "ok", declined: "bad", withdrawn: "line" };
export const STANDING_WORDS = { waiting: "comes later", asked: "is asked now", cleared: "has cleared", vacant: "nobody holds the seat" } as const;

export const ON_DESK: ReadonlySet<string> = new Set(["draft", "in_clearance", "cleared", "returned"]);
export const OPEN_TASK: ReadonlySet<string> = new Set(["open", "taken", "late"]);

type Chain = Pick<PaperSeen, "status" | "steps" | "seat">;

export function formOf(game: GameStore, paper: PaperSeen): PaperFormSeen | undefined {
  return game.get("template", paper.template);
}

/** What a paper is called in lists: its first field. */
export function titleOf(form: PaperFormSeen | undefined, paper: Pick<PaperSeen, "fields">): string {
  return paper.fields[form?.fields[0]?.id ?? ""] || `${form?.label ?? "Paper"} without a title`;
}

export function standing(paper: Chain, seat: string | null): keyof typeof STANDING_WORDS | null {
  return paper.steps.find((one) => one.seat === seat)?.state ?? null;
}

/** The chain has come to this seat and it has not answered. */
export function isAsked(paper: Chain, seat: string | null): boolean {
  return paper.status === "in_clearance" && standing(paper, seat) === "asked";
}

export function waitingFor(paper: Chain): string[] {
  return paper.steps.filter((one) => one.state === "asked").map((one) => one.seat);
}

/** Who may change the text now: its drafter, and whoever of the chain has been asked. */
export function mayEdit(paper: Chain, seat: string | null): boolean {
  if (paper.status === "draft" || paper.status === "returned") return paper.seat === seat;
  if (paper.status !== "in_clearance" && paper.status !== "cleared") return false;
  return paper.seat === seat || ["asked", "cleared"].includes(standing(paper, seat) ?? "");
}

/** Who lets it out: its drafter, and whoever clears it last; without a chain its drafter, from the draft. */
export function mayRelease(paper: Chain, seat: string | null, chain: readonly (readonly string[])[]): boolean {
  if (paper.status === "draft") return paper.seat === seat && chain.length === 0;
  return paper.status === "cleared" && (paper.seat === seat || closes(paper, seat));
}

/** This seat is of the last step of the chain. */
export function closes(paper: Chain, seat: string | null): boolean {
  const last = Math.max(0, ...paper.steps.map((one) => one.step));
  return paper.steps.some((one) => one.step === last && one.seat === seat);
}

/** With this seat's clearance the paper is cleared. */
export function isLast(paper: Chain, seat: string | null): boolean {
  const open = paper.steps.filter((one) => one.state === "asked" || one.state === "waiting");
  return open.length === 1 && open[0]?.seat === seat;
}

/** The text of a field before anybody of the chain changed it. */
export function original(paper: Pick<PaperSeen, "edits" | "fields">, field: string): string {
  return paper.edits.find((one) => one.field === field)?.before ?? paper.fields[field] ?? "";
}

/** A paper as an annex to a text: its number and title, and its words without who changed or cleared them. */
export function asAnnex(form: PaperFormSeen | undefined, paper: PaperSeen): { title: string; text: string } {
  const words = (form?.fields ?? []).slice(1).filter((one) => paper.fields[one.id]).map((one) => `${one.label}: ${paper.fields[one.id]}`);
  return { title: `${paper.ref}, ${titleOf(form, paper)}`.slice(0, 200), text: words.join("\n\n").slice(0, 8000) || titleOf(form, paper) };
}

/** Required fields that are empty still. */
export function missing(form: PaperFormSeen, fields: Record<string, string>): string[] {
  return form.fields.filter((one) => one.required && !fields[one.id]?.trim()).map((one) => one.label);
}

/** A paper sent to my seat that my seat has not opened. */
export function isNew(game: GameStore, paper: PaperSeen): boolean {
  return paper.status === "received" && game.seat !== null && !game.has("opened", `paper:${paper.id}:${game.seat}`);
}

function newest(game: GameStore, papers: PaperSeen[]): PaperSeen[] {
  return papers.map((one) => ({ one, n: game.mark("paper", one.id)?.n ?? 0 })).sort((a, b) => b.n - a.n).map((row) => row.one);
}

export interface Shelves {
  asked: PaperSeen[];
  desk: PaperSeen[];
  received: PaperSeen[];
  sent: PaperSeen[];
}

export function shelves(game: GameStore): Shelves {
  const all = newest(game, game.all("paper"));
  const asked = all.filter((one) => isAsked(one, game.seat));
  return {
    asked,
    desk: all.filter((one) => ON_DESK.has(one.status) && !asked.includes(one)),
    received: all.filter((one) => one.status === "received"),
    sent: all.filter((one) => one.status === "released" || one.status === "withdrawn"),
  };
}

/** Requests by what they ask of this seat: to answer, to wait for, and closed ones. */
export function trays(game: GameStore): { inbox: TaskingSeen[]; outbox: TaskingSeen[]; closed: TaskingSeen[] } {
  const me = game.me?.role === "control" ? "control" : game.seat;
  const all = game.all("tasking").toSorted((a, b) => a.due - b.due || a.at_ms - b.at_ms);
  return {
    inbox: all.filter((one) => one.to === me && OPEN_TASK.has(one.state)),
    outbox: all.filter((one) => one.seat === me && OPEN_TASK.has(one.state)),
    closed: all.filter((one) => (one.to === me || one.seat === me) && !OPEN_TASK.has(one.state)).reverse(),
  };
}

/** How much waits at the desks of this seat: to clear, to read, to answer. */
export function waitingAtDesk(game: GameStore): number {
  const papers = game.all("paper");
  return papers.filter((one) => isAsked(one, game.seat) || isNew(game, one)).length + trays(game).inbox.length;
}

/** "by the end of" a turn, as the case names it. */
export function dueWords(game: GameStore, turn: number): string {
  const name = game.game?.turn_names[turn - 1];
  return turn === game.game?.turn ? "by the end of this turn" : `by the end of ${name ?? `turn ${turn}`}`;
}
