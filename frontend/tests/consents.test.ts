import { describe, expect, test } from "vitest";
import { ownLines, silence, standing } from "../src/lib/consents";
import type { ConsentSeen, OrderSeen } from "../src/protocol/entities";

const order = (extra: Partial<OrderSeen> = {}): OrderSeen => ({ id: "defense:x", seat: "defense", turn: 3, move: "exercise", label: "Exercise", params: {}, public: true, status: "draft", rationale: "", expects: "", argument: "", why: [], unlock: [], ...extra });
const request = (extra: Partial<ConsentSeen> = {}): ConsentSeen => ({ id: "r1", turn: 3, seat: "defense", to: "rok", move: "exercise", label: "Exercise", params: {}, note: "", needed: true, unanswered: "given", status: "open", reply: "", ...extra });
const calls = (move: string) => (move === "exercise" ? ["rok", "jpn"] : []);

describe("questions of consent", () => {
  test("those of other turns and those taken back do not stand", () =>
    expect(standing([request(), request({ id: "r2", turn: 2 }), request({ id: "r3", status: "withdrawn" })], 3).map((r) => r.id)).toEqual(["r1"]));
  test("an order shows its answers and who may still be asked", () => {
    const [line] = ownLines([order()], [request({ status: "refused" })], calls, "defense");
    expect(line?.answers.map((a) => a.status)).toEqual(["refused"]);
    expect(line?.free).toEqual(["jpn"]);
  });
  test("an order that was changed since is another order", () =>
    expect(ownLines([order({ params: { size: "few" } })], [request({ params: { size: "many" } })], calls, "defense")[0]?.answers).toEqual([]));
  test("orders that call for nobody's consent, and others' orders, make no line", () =>
    expect(ownLines([order({ move: "threat" }), order({ seat: "rok" }), order({ status: "withdrawn" })], [], calls, "defense")).toEqual([]));
  test("who is asked reads what silence counts for", () => {
    expect(silence(request())).toMatch(/Silence counts as consent/);
    expect(silence(request({ unanswered: "refused" }))).toMatch(/not done/);
    expect(silence(request({ needed: false, unanswered: "" }))).toMatch(/cannot stop it/);
  });
});
