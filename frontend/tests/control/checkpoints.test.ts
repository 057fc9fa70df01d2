import { describe, expect, it } from "vitest";
import type { CheckpointSeen, SeatSeen } from "../../src/protocol/entities";
import { forkSeats, listed, moment, namedSeats } from "../../src/screens/control/checkpoints";

const one = (seq: number, auto: boolean): CheckpointSeen => ({ id: `c${seq}`, seq, label: `L${seq}`, turn: 1, phase: "plan", at_ms: seq, auto, by: "" });
const seat = (id: string, more: Partial<SeatSeen>): SeatSeen => ({ id, label: id.toUpperCase(), members: [], bot: false, open: false, ...more }) as SeatSeen;
const member = { person: "p", display: "P", pen: true };

describe("checkpoints", () => {
  it("stand newest first, those made by themselves only if wanted", () => {
    const all = [one(3, true), one(9, false), one(5, true)];
    expect(listed(all, false).map((c) => c.seq)).toEqual([9, 5, 3]);
    expect(listed(all, true).map((c) => c.seq)).toEqual([9]);
  });

  it("say the turn and the phase in the words of the game", () => {
    const game = { turn_names: ["2017 Q1", "2017 Q2"], phases: [{ id: "plan", label: "Planning", length_ms: null, missed: "draft" }] };
    expect(moment(game as never, 2, "plan")).toBe("2017 Q2, Planning");
    expect(moment(game as never, 7, "gone")).toBe("Turn 7");
  });

  it("fork with every seat played as it was, unless it is a sandbox", () => {
    const seats = [seat("a", { members: [member] }), seat("b", { bot: true }), seat("c", { open: true }), seat("d", {})];
    expect(forkSeats(seats, { a: "hawk" }, false).map((s) => s.player)).toEqual(["open", "", "open", "vacant"]);
    expect(forkSeats(seats, { a: "hawk" }, true).map((s) => s.player)).toEqual(["hawk", "", "vacant", "vacant"]);
    expect(namedSeats(forkSeats(seats, {}, false))).toEqual({ a: "open", c: "open", d: "vacant" });
  });
});
