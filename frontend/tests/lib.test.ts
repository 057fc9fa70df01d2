import { describe, expect, it } from "vitest";
import { PLAIN } from "../src/lib/clauses";
import { conflicts, join, pruned, withDetail, withLevel, type Counter } from "../src/lib/counter";
import { announcement, face } from "../src/lib/countdown";
import { diffWords } from "../src/lib/diff";
import { loadRefusals, refusal } from "../src/lib/refusals";
import { amount, gameDate, list, precedentWords, range, signed, turnTitle } from "../src/lib/words";
import { match } from "../src/router/router.svelte";
import { ServerClock } from "../src/store/clock";

const clock = { phase: "plan", ends_at_ms: 100_000, remaining_ms: null, paused: false, paused_reason: "", extra_ms: 0, own: false, stand_in: false };

describe("precedents", () => {
  it("read days and months as dates and leave the rest alone", () => {
    expect(precedentWords("2018-06-12")).toBe("12 Jun 2018");
    expect(precedentWords("2018-10 to 2019-01")).toBe("Oct 2018 to Jan 2019");
    expect(precedentWords("Security Council, 2375")).toBe("Security Council, 2375");
  });
});

describe("clock of a phase", () => {
  it("rounds up, so that zero means over", () => {
    expect(face(clock, 40_001).text).toBe("01:00");
    expect(face(clock, 99_999).text).toBe("00:01");
    expect(face(clock, 100_500).text).toBe("00:00");
  });
  it("warns below two minutes and again below thirty seconds", () => {
    expect(face({ ...clock, ends_at_ms: 200_000 }, 0).urgency).toBe("calm");
    expect(face(clock, 0).urgency).toBe("soon");
    expect(face(clock, 75_000).urgency).toBe("last");
  });
  it("warns earlier in a phase that lasts for hours, and counts days as days", () => {
    const long = { ...clock, ends_at_ms: 86_400_000 };
    expect(face(long, 86_400_000 - 7_000_000, 86_400_000).urgency).toBe("soon");
    expect(face(long, 86_400_000 - 7_300_000, 86_400_000).urgency).toBe("calm");
    expect(face({ ...clock, ends_at_ms: 2 * 86_400_000 + 3_600_000 }, 0)).toMatchObject({ text: "2 d 1 h", spoken: "2 days 1 hour" });
  });
  it("stands still and calm while paused", () => {
    const paused = { ...clock, ends_at_ms: null, remaining_ms: 20_000, paused: true };
    expect(face(paused, 0)).toMatchObject({ text: "00:20", urgency: "calm", paused: true });
    expect(face(paused, 90_000).text).toBe("00:20");
  });
  it("speaks at the marks only, and once for several that passed together", () => {
    expect(announcement(121, 120)).toBe("2 minutes left in this phase");
    expect(announcement(119, 118)).toBeNull();
    expect(announcement(400, 25)).toBe("30 seconds left in this phase");
  });
});

describe("server clock", () => {
  it("prefers the sample with the shortest round trip", () => {
    let now = 1_000;
    const server = new ServerClock(() => now);
    server.sample(6_000, 800);
    expect(server.now()).toBe(6_100);
    now = 2_000;
    server.sample(9_999, 0);
    expect(server.now()).toBe(7_100);
    server.sample(7_500, 1_980);
    expect(server.now()).toBe(7_510);
  });
  it("believes an unasked head only against a gross error", () => {
    const server = new ServerClock(() => 0);
    server.sample(10, 0);
    server.hint(900);
    expect(server.now()).toBe(10);
    server.hint(60_000);
    expect(server.now()).toBe(60_000);
  });
});

describe("difference of two wordings", () => {
  it("strikes and inserts words where most stays", () => {
    expect(diffWords("All Yongbyon facilities dismantled", "All Yongbyon facilities listed and dismantled")).toEqual([
      { kind: "same", text: "All Yongbyon facilities" },
      { kind: "ins", text: "listed and" },
      { kind: "same", text: "dismantled" },
    ]);
  });
  it("replaces the whole where little is common", () => {
    expect(diffWords("No undertaking on tests.", "Permanent halt in writing").map((p) => p.kind)).toEqual(["del", "ins"]);
  });
  it("is silent about equal texts and knows an empty side", () => {
    expect(diffWords("same", "same")).toEqual([{ kind: "same", text: "same" }]);
    expect(diffWords("", "new")).toEqual([{ kind: "ins", text: "new" }]);
  });
});

describe("a counter that was overtaken", () => {
  const mine: Counter = { against: 1, base: { fac: 1, un: 0 }, baseDetails: {}, levels: { fac: 2, un: 0 }, details: {}, annexes: [], note: "", package: false, expires: null, sponsors: [] };
  const text = (levels: Record<string, number>, details: Counter["details"] = {}) => ({ levels, details });
  it("joins: mine where I changed, theirs elsewhere", () => {
    expect(join(mine, 2, text({ fac: 1, un: 1, sec: 1 }))).toMatchObject({ against: 2, levels: { fac: 2, un: 1, sec: 1 } });
  });
  it("names the clauses both changed differently", () => {
    expect(conflicts(mine, text({ fac: 0, un: 1 }))).toEqual(["fac"]);
    expect(conflicts(mine, text({ fac: 2, un: 1 }))).toEqual([]);
  });
  it("keeps a clause out that I took out", () => {
    const without: Counter = { ...mine, levels: withLevel(mine.levels, "un", null) };
    expect(join(without, 2, text({ fac: 1, un: 1 })).levels).toEqual({ fac: 2 });
  });
  it("takes my own words of a clause over theirs, and their dates where I said nothing", () => {
    const worded: Counter = { ...mine, details: withDetail({}, "fac", { wording: "All of it" }) };
    const joined = join(worded, 2, text({ fac: 1, un: 1 }, withDetail({}, "un", { due: 4 })));
    expect(joined.details).toEqual({ fac: { ...PLAIN, wording: "All of it" }, un: { ...PLAIN, due: 4 } });
  });
  it("lets no clause wait for one that left the text", () => {
    const waiting = withDetail(withDetail({}, "fac", { after: "un", due: 3 }), "un", { due: 2 });
    expect(pruned({ fac: 2 }, waiting)).toEqual({ fac: { ...PLAIN, due: 3 } });
  });
  it("forgets a detail that says nothing any more", () => {
    expect(withDetail(withDetail({}, "fac", { bracketed: true }), "fac", { bracketed: false })).toEqual({});
  });
});

describe("words", () => {
  it("writes ranges with an en dash and true minus signs", () => {
    expect(range(43, 63)).toBe("43\u201363");
    expect(signed(-1.2)).toBe("\u22121.2");
    expect(amount(40, "%")).toBe("40%");
  });
  it("writes game dates and names of turns", () => {
    expect(gameDate("2019-02-27")).toBe("27 Feb");
    expect(turnTitle({ turn_label: "2019 Q1", game_date: "2019-02-27", local_times: [] })).toBe("2019 Q1, 27 Feb");
    expect(turnTitle({ turn_label: "16 Oct, day", game_date: "1962-10-16", local_times: [{ place: "Here", time: "02:00" }] })).toBe("16 Oct, day");
    expect(list(["a", "b", "c"])).toBe("a, b and c");
  });
});

describe("refusals", () => {
  it("fill in their parameters, once the sentences are there", async () => {
    expect(refusal("access.denied")).toContain("access.denied");
    await loadRefusals();
    expect(refusal("access.denied")).toMatch(/role/);
    expect(refusal("nobody.knows")).toContain("nobody.knows");
  });
});

describe("router", () => {
  it("knows the routes and takes nothing else", () => {
    expect(match("/g/abc/turn/3")).toEqual({ screen: "outcome", params: { game: "abc", turn: "3" } });
    expect(match("/g/abc/").screen).toBe("player");
    expect(match("/j/KAESONG-417").params.code).toBe("KAESONG-417");
    expect(match("/g/abc/turn/x").screen).toBe("none");
  });
});
