/** The brief for somebody who was away, or who takes a seat over: what their view came to know since, by kind. */

import type { Entities } from "../protocol/entities";
import type { Item } from "../protocol/frames";
import type { GameStore } from "../store/game.svelte";
import { api, type Answer } from "./http";
import { titleOf } from "./papers";
import { roomTitle } from "./rooms";
import { plural } from "./words";

export interface News {
  kind: string;
  changed: number;
  new: number;
  items: Item[];
}
export interface Missed {
  n: number;
  /** Room -> messages that are new there. */
  said: Record<string, number>;
  news: News[];
}

/** What a kind of news is called, and one of it. The order is the server's: the weightiest first. */
const TITLES: Record<string, string> = {
  outcome: "Turns settled", inject: "News and intelligence", letter: "Letters", paper: "Papers", offer: "Texts on the table",
  agreement: "Agreements", message: "Said in your rooms", tasking: "Requests", consent: "Consents", order: "Orders of your seat",
  fact: "Facts", appeal: "Appeals", nudge: "From Control",
};

export interface Part {
  title: string;
  lines: { key: string; at: number; text: string }[];
  more: number;
}

export function loadMissed(game: string, sinceMs: number): Promise<Answer<Missed>> {
  return api<Missed>(`/games/${encodeURIComponent(game)}/catch-up?since_ms=${Math.max(0, Math.round(sinceMs))}`);
}

/** The brief as parts with lines; messages are counted room by room, everything else is named. */
export function partsOf(game: GameStore, missed: Missed): Part[] {
  const parts = missed.news.map((one): Part => {
    if (one.kind === "message") return { title: TITLES.message ?? "", lines: saidLines(game, missed, one), more: 0 };
    const lines = one.items.map((item) => ({ key: item.id, at: item.at, text: lineOf(game, one.kind, item) })).filter((line) => line.text);
    return { title: TITLES[one.kind] ?? one.kind, lines, more: one.changed - one.items.length };
  });
  return parts.filter((part) => part.lines.length > 0);
}

function saidLines(game: GameStore, missed: Missed, news: News): Part["lines"] {
  return Object.entries(missed.said).map(([id, count]) => {
    const room = game.get("room", id);
    const last = news.items.find((item) => (item.v as { room?: string }).room === id);
    const words = (last?.v as { text?: string } | undefined)?.text ?? "";
    return { key: id, at: last?.at ?? 0, text: `${room ? roomTitle(game, room) : "A room"}: ${plural(count, "message")}${words ? `, the last: \u201c${words.slice(0, 120)}\u201d` : ""}` };
  });
}

function seatName(game: GameStore, seat: string): string {
  return game.get("seat", seat)?.short ?? seat;
}

function lineOf(game: GameStore, kind: string, item: Item): string {
  switch (kind) {
    case "outcome":
      return `Turn ${(item.v as unknown as Entities["outcome"]).turn}: ${(item.v as unknown as Entities["outcome"]).headline}`;
    case "paper": {
      const paper = item.v as unknown as Entities["paper"];
      return `${paper.ref ? `${paper.ref}, ` : ""}${titleOf(game.get("template", paper.template), paper)} (${paper.status.replaceAll("_", " ")})`;
    }
    case "offer": {
      const offer = item.v as unknown as Entities["offer"];
      return `${offer.title}, version ${offer.version}: ${offer.status.replaceAll("_", " ")}`;
    }
    case "order": {
      const order = item.v as unknown as Entities["order"];
      return `Turn ${order.turn}: ${order.label} (${order.status})`;
    }
    case "letter": {
      const letter = item.v as unknown as Entities["letter"];
      return `${seatName(game, letter.seat)} to ${seatName(game, letter.to)}: ${(letter.text ?? "").slice(0, 120)}`;
    }
    case "fact": {
      const fact = item.v as unknown as Entities["fact"];
      return fact.up ? fact.text : "";
    }
    default: {
      const value = item.v as { title?: string; headline?: string; text?: string; label?: string };
      return String(value.title || value.headline || value.label || value.text || "").slice(0, 160);
    }
  }
}
