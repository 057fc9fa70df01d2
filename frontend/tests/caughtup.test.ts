import { describe, expect, it } from "vitest";
import { partsOf, type Missed } from "../src/lib/caughtup";
import { GameStore } from "../src/store/game.svelte";

const item = (k: string, id: string, v: unknown, n = 1) => ({ k, id, v, n, at: 1_700_000_000_000 });

describe("the brief for who was away", () => {
  const game = new GameStore("g").load([item("room", "talk", { id: "talk", kind: "team", title: "Our side", seats: [] })] as never);
  const missed: Missed = {
    n: 9,
    said: { talk: 3 },
    news: [
      { kind: "outcome", changed: 1, new: 1, items: [item("outcome", "turn@2", { turn: 2, headline: "A thaw" })] },
      { kind: "order", changed: 25, new: 25, items: [item("order", "o", { turn: 2, label: "Offer talks", status: "submitted" })] },
      { kind: "message", changed: 3, new: 3, items: [item("message", "talk:3", { room: "talk", text: "Where are you?" })] },
      { kind: "fact", changed: 1, new: 1, items: [item("fact", "f", { id: "f", text: "Tests go on.", up: false })] },
    ],
  };
  const parts = partsOf(game, missed);

  it("counts what was said room by room, and quotes the last of it", () => {
    expect(parts.find((part) => part.title === "Said in your rooms")?.lines[0]?.text).toBe("Our side: 3 messages, the last: \u201cWhere are you?\u201d");
  });
  it("names turns and orders, and says how many more there are", () => {
    expect(parts[0]?.lines[0]?.text).toBe("Turn 2: A thaw");
    expect(parts.find((part) => part.title === "Orders of your seat")?.more).toBe(24);
  });
  it("leaves out what is not so, and parts without a line", () => {
    expect(parts.map((part) => part.title)).not.toContain("Facts");
  });
});
