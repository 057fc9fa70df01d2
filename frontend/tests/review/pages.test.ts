// Pages of the review that write or take away: what they send, what they offer, and what a seat's view leaves out.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { answers, documents, exports_, size } from "../../src/screens/review/files/offers";
import type { Job } from "../../src/screens/review/jobs.svelte";
import Objectives from "../../src/screens/review/objectives/Objectives.svelte";
import Participation from "../../src/screens/review/people/Participation.svelte";
import { silentWords, span, type Participation as Part } from "../../src/screens/review/people/participation";
import { briefly, cardRows, type Question } from "../../src/screens/review/questions/questions";
import { sampleReport } from "./sample";

const report = sampleReport();
const [first, second] = report.seats;
const props = { game: "g1", viewSeat: null, seek: () => undefined, page: "objectives", item: "" };
const job = (changes: Partial<Job>): Job => ({ id: "j", kind: "document", view: "truth", params: { format: "pdf", paper: "a4", person: "" }, state: "ready", done: 1, of: 1, message: "", name: "r.pdf", media: "", size: 10, asked_ms: 0, ended_ms: 1, stale: false, yours: true, ...changes });

test("an offer finds the job that answers it, and no other paper or view", () => {
  const pdf = documents("a4", true)[0]!;
  expect(answers(job({}), pdf, "truth")).toBe(true);
  expect(answers(job({}), documents("letter", true)[0]!, "truth")).toBe(false);
  expect(answers(job({ view: first!.id }), pdf, "truth")).toBe(false);
  const csv = exports_({ anonymised: true, consent: true })[0]!;
  expect(answers(job({ kind: "export", params: { format: "csv", anonymised: false, consent: true } }), csv, "truth")).toBe(false);
});

test("sizes are written as people read them", () => {
  expect([size(900), size(465918), size(1_383_863)]).toEqual(["900 B", "466 kB", "1.4 MB"]);
});

test("lengths of play and runs of silent turns are written short", () => {
  expect([span(40_000), span(12 * 60_000), span(185 * 60_000), span(50 * 3_600_000)]).toEqual(["40 s", "12 min", "3 h 5 min", "2 d"]);
  expect(silentWords([1, 2, 5], (turn) => `T${turn}`)).toBe("3 turns without a word: T1 to T2, T5");
});

test("a rating is sent once, with its words and evidence, when it is saved", async () => {
  const rating = { objective: "o1", label: "Consult allies", competency: "", source: "", rating: "", strengths: "", improve: "", refs: [7], by: "", at_ms: null };
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", vi.fn(async (_: string, init?: RequestInit) => {
    const sent = init?.body ? (JSON.parse(String(init.body)) as { name: string; args: object }) : null;
    if (sent) asked.push([sent.name, sent.args]);
    const now = sent ? { ...rating, rating: "M", strengths: "Early calls", by: "Control" } : rating;
    return new Response(JSON.stringify({ ratings: [now], plan: [], writable: true }));
  }));
  render(Objectives, { ...props, report });
  await fireEvent.click(await screen.findByRole("radio", { name: /^M: Performed with major/ }));
  expect(asked).toEqual([]);
  await fireEvent.input(screen.getByLabelText("Strengths"), { target: { value: " Early calls " } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("1 of 1");
  expect(asked).toEqual([["assess.rate", { objective: "o1", rating: "M", strengths: "Early calls", improve: "", seqs: [7] }]]);
  vi.unstubAllGlobals();
});

test("who may only read sees ratings as text and no field", async () => {
  const rated = { objective: "o1", label: "Consult allies", competency: "", source: "", rating: "S", strengths: "<b>bold</b>", improve: "", refs: [], by: "Control", at_ms: 1 };
  vi.stubGlobal("fetch", vi.fn(async () => new Response(JSON.stringify({ ratings: [rated], plan: [], writable: false }))));
  render(Objectives, { ...props, report });
  expect(await screen.findByText("<b>bold</b>")).toBeTruthy();
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  vi.unstubAllGlobals();
});

const counts = (said: number) => ({ said, words: 3 * said, messages: said });
const seat = (id: string, said: number) => ({ seat: id, counts: counts(said), silence: { longest: { ms: 60_000, from_ms: 0, until_ms: 60_000, refs: [1] }, turns: [2] }, sent: 4, opened: 3, heard: 8, read: 6, turns: report.turns.map(({ turn }) => ({ turn, counts: counts(turn === 1 ? said : 0), refs: [turn] })), refs: [1] });
const part: Part = { played_ms: 600_000, kinds: [], words: [], seats: [seat(second!.id, 1), seat(first!.id, 9)], people: [] };

test("seats stand in the order they are given, not by how much they did", () => {
  render(Participation, { ...props, report: { ...report, participation: part } });
  const rows = within(screen.getByRole("table", { name: /by seat and turn/ })).getAllByRole("row").slice(1);
  expect(rows.map((row) => within(row).getByRole("rowheader").textContent?.trim())).toEqual([second!.short, first!.short].map((short) => expect.stringContaining(short)));
});

test("a seat's page tells nothing of what others were sent or read", () => {
  render(Participation, { ...props, viewSeat: first!.id, report: { ...report, participation: part } });
  const rows = within(screen.getByRole("table", { name: /by seat and turn/ })).getAllByRole("row").slice(1);
  expect(rows[0]!.textContent).not.toContain("75%");
  expect(rows[1]!.textContent).toContain("75%");
});

test("a card answers in one line with its interval, and says so where nothing differs", () => {
  const outcome = { id: "war", label: "Chance of war", share: true, pairs: 200, original: 0.058, changed: 0.048, delta: -0.01, low: -0.02, high: 0, mean_low: -0.012, mean_high: -0.008 };
  const question = { runs: [{ id: "a", label: "No threats", change: "", note: "", runs: 200, held_fixed: "", outcomes: [outcome] }] } as unknown as Question;
  expect(briefly(question)).toBe("No threats: chance of war 4.8% instead of 5.8% (90% interval \u22121.2 to \u22120.8 points, 200 pairs).");
  expect(cardRows(question)).toEqual([{ label: "Chance of war", played: "5.8%", changed: "4.8%" }]);
  const same = { ...outcome, changed: 0.058, delta: 0, low: 0, high: 0, mean_low: 0, mean_high: 0, differ: 0 };
  expect(briefly({ runs: [{ ...question.runs[0]!, outcomes: [same] }] } as unknown as Question)).toBe("No threats: no difference to chance of war in any pair, 5.8% either way (200 pairs).");
});
