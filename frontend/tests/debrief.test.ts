import { describe, expect, it } from "vitest";
import { eyesOf, recordDate, teamsOf } from "../src/screens/debrief/debrief";
import type { DebriefSeen } from "../src/protocol/entities";
import type { Item } from "../src/protocol/frames";
import { GameStore } from "../src/store/game.svelte";

const seat = (id: string, team: string) => ({ id, side: team, team, team_label: `Team ${team}`, pair: "pres", signs: false, label: id, short: id.toUpperCase(), glyph: "square", office: "", members: [], bot: false, open: true, ready: false, superior: "" });
const items = [seat("a", "N"), seat("b", "N"), seat("c", "S"), seat("d", "W")].map((v, n) => ({ n, at: 0, k: "seat", id: v.id, v }) as unknown as Item);
const debrief = (lifted: string[]): DebriefSeen => ({ open: true, stop: "s", title: "", turn: 1, turn_label: "", at_ms: 0, reach_ms: 0, place: 1, of: 1, number: 1, prompt: "", lifted, anchors: [] });
const game = (role: "player" | "control", own: string | null) => new GameStore("g").load(items, { person: "p", role, seat: own, view: own ? `seat:${own}` : role === "control" ? "control" : "public", readOnly: false }, 1);

describe("whose eyes a debrief offers", () => {
  it("are one's own and the public's until the fog is lifted", () => {
    expect(eyesOf(game("player", "c"), debrief([])).map((e) => e.view)).toEqual(["seat:c", "public"]);
    expect(eyesOf(game("player", null), debrief([])).map((e) => e.view)).toEqual(["public"]);
  });
  it("are those of the lifted teams besides, one's own first", () => {
    expect(eyesOf(game("player", "c"), debrief(["N"])).map((e) => e.view)).toEqual(["seat:c", "seat:a", "seat:b", "public"]);
    expect(eyesOf(game("player", "c"), debrief(["N"]))[0]?.label).toBe("C (you)");
  });
  it("are all of them for Control", () => {
    expect(eyesOf(game("control", null), debrief([])).map((e) => e.view)).toEqual(["control", "public", "seat:a", "seat:b", "seat:c", "seat:d"]);
  });
});

describe("words of a debrief", () => {
  it("name each team once", () => expect(teamsOf(game("control", null)).map((t) => t.id)).toEqual(["N", "S", "W"]));
  it("write a day and a month of the record", () => {
    expect(recordDate("2018-06-12")).toBe("12 June 2018");
    expect(recordDate("2018-06")).toBe("June 2018");
    expect(recordDate("long ago")).toBe("long ago");
  });
});
