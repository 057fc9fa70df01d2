// A small report in the shape the server sends: twelve turns, two seats, every section present. Numbers are of no game.
import type { Report, ReportCause, ReportEvent, ReportMap } from "../../src/screens/review/report";

const TENSION = [50, 66, 81, 92, 90, 59, 25, 20, 21, 24, 33, 32, 42];
const T0 = Date.UTC(2026, 10, 22, 14, 0);
const turnMs = (turn: number) => T0 + (turn - 1) * 1_200_000;
const PAIRS = { PRES: "pres", BUR: "bur", DPRK: "rival", ALLY: "ally", CTL: "ctl" } as const;
const SEATS = [
  ["potus", "US President", "President", "PRES", "square"], ["state", "Secretary of State", "State", "BUR", "diamond"], ["defense", "Secretary of Defense", "DoD", "BUR", "diamond"],
  ["intel", "Intelligence", "IC", "BUR", "diamond"], ["dprk", "SAC Chairman", "DPRK", "DPRK", "triangle"], ["rok", "ROK", "ROK", "ALLY", "circle"], ["jpn", "Japan", "Japan", "ALLY", "ring"],
] as const;
const MOVES: [number, string, string, ReportEvent["severity"], string][] = [
  [1, "dprk", "DPRK", "raises", "Missile test"], [2, "dprk", "DPRK", "raises", "SRBM"], [2, "potus", "PRES", "raises", "Threat"], [3, "dprk", "DPRK", "raises_sharply", "ICBM"],
  [3, "dprk", "DPRK", "raises_sharply", "Nuclear test"], [3, "potus", "PRES", "raises", "Threat"], [3, "defense", "BUR", "raises", "Full exercise"], [4, "dprk", "DPRK", "raises_sharply", "ICBM"],
  [4, "state", "BUR", "neutral", "Resolution"], [5, "dprk", "DPRK", "eases", "Moratorium"], [5, "rok", "ROK", "eases", "Mediate"], [5, "potus", "PRES", "eases", "Warm words"],
  [6, "dprk", "DPRK", "eases", "Site closed"], [6, "potus", "PRES", "eases", "Summit"], [6, "jpn", "JPN", "neutral", "Lobbies"], [7, "rok", "ROK", "eases", "Military accord"],
  [9, "potus", "PRES", "neutral", "Summit"], [9, "state", "BUR", "neutral", "Working talks"], [10, "dprk", "DPRK", "raises", "SRBM"], [11, "dprk", "DPRK", "raises", "SRBM"], [12, "dprk", "DPRK", "raises", "Ultimatum"], [12, "state", "BUR", "neutral", "Working talks"],
];

function causes(before: number, after: number): ReportCause[] {
  const delta = after - before;
  const parts: [string, string, number][] = [["Nuclear test", "R-X01", delta * 0.5 + 3], ["The President threatens", "R-L05", 2.4], ["Drift to the usual level", "R-D01", -4.1], ["Exercise", "R-X09", 1.9]];
  const rest = delta - parts.reduce((s, p) => s + p[2], 0);
  return [...parts, ["Sanctions step", "R-X11", rest] as [string, string, number]].map(([label, rule, amount], i) => ({ seq: i, rule, label, amount, say: `${label}.`, seat: null, order: null, cause: "rule" }));
}

function map(): ReportMap {
  const packages: [number, number][] = [];
  for (let i = 0; i < 400; i += 1) {
    const a = ((i * 7919) % 1000) / 1000;
    const b = ((i * 104_729) % 1000) / 1000;
    packages.push([0.09 - 0.36 * a, 0.08 - 0.22 * b - 0.1 * (1 - a)]);
  }
  return {
    turn: 9, label: "2019 Q1", x: { seat: "potus", label: "US President" }, y: { seat: "dprk", label: "DPRK" }, total: 172_800, feasible: 10_752, packages,
    frontier: [[-0.1, 0.09], [-0.06, 0.06], [-0.03, 0.02], [-0.005, -0.008], [0.03, -0.05], [0.07, -0.1], [0.09, -0.13]],
    frontier_alt: [[-0.06, 0.1], [-0.02, 0.05], [0.014, 0.004], [0.05, -0.05], [0.1, -0.12]], alt_label: "with more trust and groundwork",
    fair: { x: 0.014, y: 0.004, label: "Fair split, had trust been 40%" }, nearest: { x: -0.005, y: -0.008, label: "Nearest miss" }, gap: -0.008,
    offers: [
      { offer: "o", version: 2, author: "potus", x: 0.1, y: -1.13, label: "US full ask", status: "countered", at_ms: turnMs(9) },
      { offer: "o", version: 3, author: "dprk", x: -0.26, y: 0.055, label: "Yongbyon for five resolutions", status: "countered", at_ms: turnMs(9) + 1 },
      { offer: "o", version: 4, author: "potus", x: 0.002, y: -0.045, label: "counter-offer", status: "lapsed", at_ms: turnMs(9) + 2 },
    ],
  };
}

export function sampleReport(view = "truth"): Report {
  const turns = TENSION.slice(1).map((_, i) => ({ turn: i + 1, label: `${2017 + Math.floor(i / 4)} Q${(i % 4) + 1}`, game_date: `${2017 + Math.floor(i / 4)}-0${(i % 4) * 2 + 1}-20`, start_ms: turnMs(i + 1), end_ms: turnMs(i + 2), first_seq: i * 30 + 1, last_seq: i * 30 + 30 }));
  const steps = turns.flatMap((t) => Array.from({ length: 30 }, (_, k) => ({ seq: t.first_seq + k, at_ms: t.start_ms + k * 40_000, turn: t.turn, text: `Event ${k + 1} of ${t.label}` })));
  const timeline: ReportEvent[] = MOVES.map(([turn, seat, lane, severity, label], i) => ({ seq: (turn - 1) * 30 + 5 + ((i * 7) % 22), at_ms: turnMs(turn) + 5, turn, frac: ((i * 7) % 22) / 24 + 0.05, lane, seat, kind: "move", severity, label, text: `${label}, ordered and carried out` }));
  for (let t = 1; t <= 12; t += 2) timeline.push({ seq: t * 30 - 20, at_ms: turnMs(t), turn: t, frac: 0.3, lane: "CTL", seat: null, kind: "inject", severity: "neutral", label: t === 9 ? "I37" : "", text: "Inject" });
  timeline.push({ seq: 9 * 30 - 2, at_ms: turnMs(9) + 9, turn: 9, frac: 0.9, lane: "CTL", seat: null, kind: "ruling", severity: "neutral", label: "Ruling", text: "Outcome replaced" });
  const truth = view === "truth";
  const reach = [42, 50, 57, 72, 80, 80, 80, 80, 80, 81, 81, 82, 83];
  return {
    schema: "report/1", view, built_at_ms: turnMs(13), engine: "1.0", seed: "7781", log: { events: 388, head_hash: "0123456789abcdef" },
    game: { id: "g1", title: "Seminar section B", case_title: "US\u2013DPRK 2017\u20132019", turns: 12, turns_played: 12, status: "ended", ended_reason: "", started_ms: T0, ended_ms: turnMs(13), style: "semi_rigid", strain: "tension" },
    headline: { title: "Summits cooled the crisis and left nothing anyone could check", deck: "Tension fell from 92 to 25 in three quarters. No clause gained a verifier." },
    turns, steps, timeline: timeline.sort((a, b) => a.seq - b.seq),
    seats: SEATS.map(([id, label, short, team, glyph]) => ({ id, label, short, team, pair: PAIRS[team], glyph, people: ["Mara O."], bot: false })),
    lanes: [
      { id: "DPRK", label: "DPRK", glyph: "triangle", team: "DPRK", pair: "rival", seats: ["dprk"] }, { id: "PRES", label: "President", glyph: "square", team: "PRES", pair: "pres", seats: ["potus"] }, { id: "BUR", label: "US agencies", glyph: "diamond", team: "BUR", pair: "bur", seats: ["state", "defense", "intel"] },
      { id: "ROK", label: "ROK", glyph: "circle", team: "ALLY", pair: "ally", seats: ["rok"] }, { id: "JPN", label: "Japan", glyph: "ring", team: "ALLY", pair: "ally", seats: ["jpn"] }, { id: "CTL", label: "Control", glyph: "hexagon", team: "CTL", pair: "ctl", seats: [] },
    ],
    variables: [
      { id: "tension", label: "Tension", unit: "0\u2013100", low: 0, high: 100, group: "Crisis", order: 1, headline: true, truth: TENSION.map((value, turn) => ({ turn, value })), estimates: { potus: TENSION.slice(0, 12).map((value, i) => ({ turn: i + 1, mode: "exact", value, low: null, high: null, confidence: "" })) } },
      { id: "reach", label: "Reach to US", unit: "0\u2013100", low: 0, high: 100, group: "Capability", order: 2, headline: true, ...(truth ? { truth: reach.map((value, turn) => ({ turn, value })) } : {}), estimates: { potus: reach.slice(0, 12).map((value, i) => ({ turn: i + 1, mode: "estimate", value: value + (i === 3 ? -10 : 3 - (i % 4)), low: value - 9, high: value + 8, confidence: "moderate" })) } },
    ],
    escalation: [28, 52, 80, 56, 4, 0, 0, 0, 0, 14, 8, 16].map((points, i) => ({ turn: i + 1, points })),
    trust: { series: [{ id: "us", label: "US belief in DPRK", seat: "potus", values: [15, 12, 10, 5, 4, 7, 13, 14, 14, 12, 11, 10, 9].map((v, turn) => ({ turn, value: v / 100 })) }, { id: "nk", label: "DPRK belief in US", seat: "dprk", values: [12, 11, 8, 5, 4, 4, 6, 7, 8, 6, 7, 8, 9].map((v, turn) => ({ turn, value: v / 100 })) }], threshold: { value: 0.2, text: "Below 20% on both sides no package beats waiting, whatever the groundwork" } },
    risk: turns.map((t, i) => ({ turn: t.turn, p_clash: TENSION[i + 1]! / 600, p_war: TENSION[i + 1]! / 5000, cum_war: TENSION.slice(1, i + 2).reduce((s, v) => s + v, 0) / 10_000 })),
    ledger: turns.map((t, i) => ({ turn: t.turn, variable: "tension", label: "Tension", unit: "", before: TENSION[i]!, after: TENSION[i + 1]!, rows: causes(TENSION[i]!, TENSION[i + 1]!) })),
    map: truth ? [map()] : [],
    moves: MOVES.map(([turn, seat, , severity, label], i) => ({ order: `o${i}`, turn, seat, move: label.toLowerCase(), code: `P0${i % 9}`, label, params: {}, public: i % 3 > 0, status: i === 8 ? "blocked" : "done", fidelity: 1, rationale: i % 2 ? "To show resolve." : "", expects: "", severity, text: "Carried out.", rules: ["R-I02"], ruled: i === 8, at_ms: turnMs(turn) })),
    texts: [{ offer: "o", title: "Yongbyon text", parties: ["potus", "dprk"], status: "lapsed", turn: 9, accepted: ["dprk"], signed: [], venue: "", versions: [{ version: 1, author: "dprk", at_ms: turnMs(9), turn: 9, note: "", clauses: [{ issue: "fac", label: "Facilities", level: 2, level_label: "Yongbyon closed", text: "Closes Yongbyon" }] }, { version: 2, author: "potus", at_ms: turnMs(9) + 5, turn: 9, note: "Relief that can lapse", clauses: [{ issue: "fac", label: "Facilities", level: 3, level_label: "All enrichment", text: "Closes all enrichment" }] }] }],
    messages: Array.from({ length: 24 }, (_, i) => ({ id: `m${i}`, room: "talk:dprk.potus", room_title: "Leaders' channel", seat: i % 2 ? "potus" : "dprk", display: "Mara O.", audience: ["potus", "dprk"], at_ms: turnMs(1 + (i % 12)), turn: 1 + (i % 12), text: i === 5 ? "Relief that can lapse is relief" : `Line ${i}` })),
    dyads: [{ a: "potus", b: "dprk", count: 24, by_turn: {} }, { a: "potus", b: "state", count: 9, by_turn: {} }, { a: "rok", b: "dprk", count: 4, by_turn: {} }],
    injects: [{ id: "I37", turn: 9, at_ms: turnMs(9), source: "IC", to: ["potus", "intel", "state"], title: "A second enrichment site is known to us", text: "x", precedence: "priority", opened: [{ seat: "potus", at_ms: turnMs(9) + 100_000 }] }],
    rulings: [{ id: "r1", turn: 4, kind: "replace", target: "o8", target_label: "Resolution", value: "partial", reason: "The room had the votes.", by: "R. Adeyemi", at_ms: turnMs(4), proposed: "blocked" }],
    agreements: [{ id: "a", title: "Leaders' statement", parties: ["potus", "dprk"], clauses: [{ issue: "sec", label: "Security", level: 1, from_level: 0 }], venue: "summit", form: "political statement", turn: 6, status: "collapsed", ended_turn: 10 }],
    scores: [{ seat: "potus", turn: 12, goals: { "Visible success": 61, "Lower war risk": 44 } }, { seat: "dprk", turn: 12, goals: { "Security of the regime": 70, Status: 64 } }],
  };
}
