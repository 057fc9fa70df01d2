/** Writing one clause together: what a field's change was, where the caret goes, and that no word is ever lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { Pad, fromBase64, toBase64 } from "../src/lib/pad.svelte";
import { change, moved } from "../src/lib/textdiff";
import { GameStore, type Sent } from "../src/store/game.svelte";
import type { Item } from "../src/protocol/frames";

describe("the change of a field", () => {
  it.each([
    ["", "a", 1, { at: 0, cut: 0, put: "a" }],
    ["abc", "abXc", 3, { at: 2, cut: 0, put: "X" }],
    ["aaa", "aaaa", 1, { at: 0, cut: 0, put: "a" }],
    ["aaa", "aaaa", 4, { at: 3, cut: 0, put: "a" }],
    ["abcabc", "abc", 3, { at: 3, cut: 3, put: "" }],
    ["abcabc", "abc", 0, { at: 0, cut: 3, put: "" }],
    ["one two", "one three", 9, { at: 5, cut: 2, put: "hree" }],
    ["한국", "한반도국", 3, { at: 1, cut: 0, put: "반도" }],
  ])("%j to %j with the caret at %i", (before, after, caret, wanted) => {
    expect(change(before, after, caret)).toEqual(wanted);
  });

  it("never cuts a character in two", () => {
    const { at, cut, put } = change("a😀b", "a😁b", 3);
    expect([at, cut, put]).toEqual([1, 2, "😁"]);
  });

  it("always leads from the one text to the other", () => {
    const letters = ["a", "b", "한", "😀", "😁", "ع", " "];
    let seed = 7;
    const next = (below: number): number => ((seed = (seed * 48_271) % 2_147_483_647), seed % below);
    for (let round = 0; round < 2_000; round += 1) {
      const make = (): string => Array.from({ length: next(9) }, () => letters[next(letters.length)]).join("");
      const [before, after] = [make(), make()];
      const { at, cut, put } = change(before, after, next(after.length + 1));
      expect(before.slice(0, at) + put + before.slice(at + cut)).toBe(after);
    }
  });
});

describe("the caret", () => {
  it.each([
    [3, [{ insert: "xx" }], 5],
    [3, [{ retain: 3 }, { insert: "xx" }], 3],
    [3, [{ retain: 5 }, { delete: 2 }], 3],
    [5, [{ retain: 1 }, { delete: 2 }], 3],
    [5, [{ retain: 3 }, { delete: 9 }], 3],
    [5, [{ delete: 2 }, { insert: "abc" }], 6],
  ])("at %i goes with %j to %i", (place, steps, wanted) => {
    expect(moved(place, steps)).toBe(wanted);
  });
});

/** A server that takes edits as ours does, and tells every page of them when told to. */
class Desk {
  readonly doc = new Y.Doc();
  readonly pages: Page[] = [];
  n = 1;
  edits: string[] = [];

  take(update: string): void {
    Y.applyUpdate(this.doc, fromBase64(update));
    this.edits.push(update);
  }

  tell(): void {
    for (const page of this.pages) page.hear(this.edits);
  }
}

class Page {
  readonly game = new GameStore("g1");
  readonly pad: Pad;
  answer: (args: { update: string }) => Promise<Sent>;

  constructor(
    readonly desk: Desk,
    person: string,
    opening = "o1",
  ) {
    this.game.load([this.#whole()], { person, role: "player", seat: "potus", view: "seat:potus", readOnly: false }, 1);
    this.answer = async ({ update }) => (this.desk.take(update), { ok: true, n: 1 });
    this.game.send = ((_name: string, args: { update: string }) => this.answer(args)) as never;
    this.pad = new Pad(this.game, "potus:o", opening);
    desk.pages.push(this);
  }

  #whole(): Item {
    return { n: 1, k: "pad", id: "potus:o", at: 0, v: { id: "potus:o", offer: "potus:o", seat: "potus", counter: false, editors: [], readers: [], open: true, opening: "o1", edits: 0, state: toBase64(Y.encodeStateAsUpdate(this.desk.doc)) } };
  }

  hear(edits: readonly string[]): void {
    const items = edits.map((update, i) => ({ n: i + 2, k: "pad_edit", id: `potus:o:${i + 1}`, at: 0, v: { pad: "potus:o", opening: "o1", number: i + 1, update } }));
    const fresh = items.filter((item) => item.n > this.game.entities.cursor);
    if (fresh.length) this.game.entities.feed({ a: fresh[0]!.n, b: fresh.at(-1)!.n, items: fresh });
  }

  write(at: number, words: string): void {
    this.pad.text("test").insert(at, words);
  }

  read(): string {
    return this.pad.text("test").toString();
  }
}

async function passed(ms = 400): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

describe("a pad", () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it("sends what was typed in one go and shows what others typed", async () => {
    const desk = new Desk();
    const [one, two] = [new Page(desk, "p1"), new Page(desk, "p2")];
    one.write(0, "No ");
    one.write(3, "tests. ");
    two.write(0, "Ever. ");
    await passed();
    expect(desk.edits).toHaveLength(2);
    desk.tell();
    await passed();
    expect(one.read()).toBe(two.read());
    expect(one.read()).toContain("No tests. ");
    expect(one.pad.state).toBe("saved");
  });

  it("keeps what could not be sent, and a later page sends it", async () => {
    const desk = new Desk();
    const before = new Page(desk, "p1");
    before.answer = () => new Promise(() => {});
    before.write(0, "Typed and gone. ");
    await passed();
    expect(desk.edits).toHaveLength(0);
    const after = new Page(desk, "p1");
    expect(after.read()).toBe("Typed and gone. ");
    await passed();
    expect(desk.doc.getText("test").toString()).toBe("Typed and gone. ");
    expect(Object.keys(localStorage).filter((name) => name.includes("pad"))).toHaveLength(0);
  });

  it("takes nothing over from an earlier draft of the same name", async () => {
    const desk = new Desk();
    const page = new Page(desk, "p1");
    const old = new Y.Doc();
    old.getText("test").insert(0, "Of the draft before. ");
    const update = toBase64(Y.encodeStateAsUpdate(old));
    page.game.entities.feed({ a: 2, b: 2, items: [{ n: 2, k: "pad_edit", id: "potus:o:1", at: 0, v: { pad: "potus:o", opening: "o0", number: 1, update } }] });
    await passed();
    expect(page.read()).toBe("");
  });

  it("is another person's business only", async () => {
    const desk = new Desk();
    const mine = new Page(desk, "p1");
    mine.answer = () => new Promise(() => {});
    mine.write(0, "Mine. ");
    await passed();
    expect(new Page(desk, "p2").read()).toBe("");
  });

  it("says why the server refused, keeps the words, and sends them with what is written next", async () => {
    const desk = new Desk();
    const page = new Page(desk, "p1");
    page.answer = async () => ({ ok: false, code: "pad.full", params: {}, text: "The draft is full." });
    page.write(0, "Too much. ");
    await passed();
    expect(page.pad.state).toBe("refused");
    expect(page.pad.refusal).toBe("The draft is full.");
    page.answer = async ({ update }) => (desk.take(update), { ok: true, n: 1 });
    page.pad.text("test").delete(0, 4);
    await passed();
    expect(desk.doc.getText("test").toString()).toBe("much. ");
    expect(page.pad.state).toBe("saved");
  });

  it("sends all the server has not told of when it lacks what an edit builds on", async () => {
    const desk = new Desk();
    const page = new Page(desk, "p1");
    let lost = "";
    page.answer = async ({ update }) => ((lost = update), { ok: true, n: 1 });
    page.write(0, "Lost on the way. ");
    await passed();
    page.answer = async ({ update }) => (desk.doc.getText("test").length || update !== lost ? { ok: false, code: "pad.behind", params: {}, text: "Reload." } : { ok: true, n: 1 });
    page.write(17, "And more. ");
    await passed();
    page.answer = async ({ update }) => (desk.take(update), { ok: true, n: 1 });
    await passed(6_000);
    expect(desk.doc.getText("test").toString()).toBe("Lost on the way. And more. ");
  });

  it("puts nobody's words into a word that is being composed", async () => {
    const desk = new Desk();
    const [one, two] = [new Page(desk, "p1"), new Page(desk, "p2")];
    one.pad.compose(true);
    two.write(0, "핵 ");
    await passed();
    desk.tell();
    await passed();
    expect(one.read()).toBe("");
    one.pad.compose(false);
    expect(one.read()).toBe("핵 ");
  });
});
