// Who holds what: the rows the server answers, named from what Control's own view holds. Pure.
import type { GameStore } from "../../store/game.svelte";

export type KnownKind = "inject" | "offer" | "paper" | "letter" | "intercept" | "agreement" | "tasking";

export interface KnownRow {
  key: string;
  seats: string[];
  opened: string[];
}

/** Kinds that can be asked for, in the words of the tab, and whether opening one is on record. */
export const KINDS: [KnownKind, string, boolean][] = [
  ["inject", "Injects", true],
  ["offer", "Texts", false],
  ["paper", "Papers", true],
  ["letter", "Letters", true],
  ["tasking", "Requests", false],
  ["intercept", "Intercepts", false],
  ["agreement", "Agreements", false],
];

export type Holding = "opened" | "holds" | "none";

export function holding(row: KnownRow, seat: string): Holding {
  return row.opened.includes(seat) ? "opened" : row.seats.includes(seat) ? "holds" : "none";
}

/** What a cell says to somebody who cannot see its mark. */
export function holdingWords(state: Holding, recorded: boolean): string {
  if (state === "none") return "does not know it";
  if (state === "opened") return "has opened it";
  return recorded ? "has it, unopened" : "has it";
}

/** What a thing is called, as Control's view has it. */
export function nameOf(store: Pick<GameStore, "get">, kind: KnownKind, key: string): string {
  switch (kind) {
    case "inject":
      return store.get("inject", key)?.title ?? key;
    case "offer": {
      const offer = store.get("offer", key);
      return offer ? `${offer.title || "Untitled text"}${offer.version ? `, v${offer.version}` : ", draft"}` : key;
    }
    case "paper": {
      const paper = store.get("paper", key);
      return paper ? paper.ref || (Object.values(paper.fields)[0] ?? key) : key;
    }
    case "letter":
      return short(store.get("letter", key)?.text ?? key);
    case "tasking": {
      const task = store.get("tasking", key);
      return task ? `${task.ref}: ${short(task.text)}` : key;
    }
    case "intercept":
      return short(store.get("intercept", key)?.text ?? key);
    case "agreement":
      return store.get("agreement", key)?.title ?? key;
  }
}

function short(text: string): string {
  return text.length > 70 ? `${text.slice(0, 68).trimEnd()}\u2026` : text;
}
