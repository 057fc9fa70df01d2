// A change to a played game as it is built and as it is sent: orders of a seat, values held, lenses, rulings.
// Owns its shape and its words; whether it is possible is the server's to say.
import { figure } from "../../../charts/format";
import { list, plural } from "../../../lib/words";
import type { LensName } from "../../staff/lenses";
import { LENSES } from "../../staff/lenses";

export type Value = string | number | boolean;
export interface OrderGiven { move: string; label: string; params: Record<string, Value>; public: boolean }
export interface Param { id: string; label: string; kind: "int" | "choice" | "bool"; low: number | null; high: number | null; choices: string[]; labels: string[]; default: Value | null }
export interface MoveOffered { id: string; code: string; label: string; text: string; group: string; cost: number; public: boolean; may_hide: boolean; params: Param[] }
export interface ValueOffered { name: string; label: string; kind: "variable" | "clause" | "flag"; unit: string; group: string; low: number; high: number | null; starts: number[]; words: string[] }
export interface RulingMade { id: string; turn: number; kind: string; target: string; label: string; value: string; reason: string }

/** What of the game may be changed (wargame/aar/changeable.py). */
export interface Changeable {
  turns: { turn: number; label: string }[];
  seats: { id: string; budget: number; moves: string[] }[];
  moves: MoveOffered[];
  orders: Record<string, Record<string, OrderGiven[]>>;
  values: ValueOffered[];
  lenses: string[];
  played_under: string[];
  presets: Record<string, string[]>;
  rulings: RulingMade[];
  /** By seat, who may play it anew: policies and persons of the case. */
  players: Record<string, { id: string; label: string }[]>;
}

export interface Pin { name: string; value: number; first: number; last: number }

/** How rulings are dealt with: kept in both runs, out of both, or themselves the change: all of them, or one. */
export type Rulings = "with" | "without" | "compare" | "one";

/** What a ruling would make of an order: of all of a seat's orders of that move in that turn. */
export type Fate = "done" | "partial" | "blocked";
export const FATES: Record<Fate, string> = { done: "carried out", partial: "carried out in part", blocked: "returned" };

export interface Change {
  orders: Record<string, Record<string, OrderGiven[]>>;
  /** By turn, seat and move: ruled otherwise than the rules, or Control, did. */
  outcomes: Record<string, Record<string, Record<string, Fate>>>;
  pins: Pin[];
  lenses: LensName | "";
  /** Seats a policy plays anew, on what the seat would have seen. */
  players: Record<string, string>;
  rulings: Rulings;
  ruling: string;
}

export const NO_CHANGE: Change = { orders: {}, outcomes: {}, pins: [], lenses: "", players: {}, rulings: "with", ruling: "" };

export function changesNothing(change: Change): boolean {
  return Object.keys(change.orders).length === 0 && Object.keys(change.outcomes).length === 0 && change.pins.length === 0 && !change.lenses && Object.keys(change.players).length === 0 && (change.rulings === "without" || change.rulings === "with");
}

/** An order with the defaults of its move. */
export function orderOf(move: MoveOffered): OrderGiven {
  return {
    move: move.id, label: move.label, public: move.public,
    params: Object.fromEntries(move.params.map((p) => [p.id, p.default ?? (p.kind === "bool" ? false : p.kind === "int" ? (p.low ?? 0) : (p.choices[0] ?? ""))])),
  };
}

/** Orders that differ in nothing that counts. */
export function sameOrders(one: readonly OrderGiven[], two: readonly OrderGiven[]): boolean {
  const plain = (orders: readonly OrderGiven[]) => JSON.stringify(orders.map((o) => [o.move, Object.entries(o.params).sort(), o.public]));
  return plain(one) === plain(two);
}

/** A value in its own words: a level's, a fact's, or the number. */
export function valueWords(offered: ValueOffered | undefined, value: number): string {
  return offered?.words[value] ?? figure(value, Math.abs(value) <= 1.5 && !Number.isInteger(value) ? 3 : 1);
}

/** One thing that is otherwise: its sentence, and the change without it. */
export interface Part { text: string; without: Change }

/** The change with other orders for a seat in a turn; null: as they were. */
export function withOrders(change: Change, turn: number, seat: string, orders: OrderGiven[] | null): Change {
  const { [seat]: _, ...others } = change.orders[turn] ?? {};
  const seats = orders === null ? others : { ...others, [seat]: orders };
  const { [turn]: __, ...turns } = change.orders;
  return { ...change, orders: Object.keys(seats).length > 0 ? { ...turns, [turn]: seats } : turns };
}

/** The change with another fate of a seat's orders of a move in a turn; null: as it comes out. */
export function withFate(change: Change, turn: number, seat: string, move: string, fate: Fate | null): Change {
  const { [move]: _, ...moves } = change.outcomes[turn]?.[seat] ?? {};
  const fates = fate === null ? moves : { ...moves, [move]: fate };
  const { [seat]: __, ...others } = change.outcomes[turn] ?? {};
  const seats = Object.keys(fates).length > 0 ? { ...others, [seat]: fates } : others;
  const { [turn]: ___, ...turns } = change.outcomes;
  return { ...change, outcomes: Object.keys(seats).length > 0 ? { ...turns, [turn]: seats } : turns };
}

/** Everything a change consists of, in sentences. */
export function partsOf(change: Change, menu: Changeable | null, short: (seat: string) => string): Part[] {
  const turn = (number: number) => menu?.turns.find((t) => t.turn === number)?.label ?? `turn ${number}`;
  const named = (orders: readonly OrderGiven[]) => (orders.length === 0 ? "nothing" : list(orders.map((o) => o.label || menu?.moves.find((m) => m.id === o.move)?.label || o.move)));
  const found: Part[] = [];
  for (const [number, seats] of Object.entries(change.orders).sort(([a], [b]) => Number(a) - Number(b)))
    for (const [seat, orders] of Object.entries(seats).sort(([a], [b]) => a.localeCompare(b)))
      found.push({ text: `${turn(Number(number))}: ${short(seat)} orders ${named(orders)}${menu ? ` instead of ${named(menu.orders[number]?.[seat] ?? [])}` : ""}`, without: withOrders(change, Number(number), seat, null) });
  for (const [number, seats] of Object.entries(change.outcomes).sort(([a], [b]) => Number(a) - Number(b)))
    for (const [seat, fates] of Object.entries(seats).sort(([a], [b]) => a.localeCompare(b)))
      for (const [move, fate] of Object.entries(fates).sort(([a], [b]) => a.localeCompare(b)))
        found.push({ text: `${turn(Number(number))}: ${short(seat)}, ${menu?.moves.find((m) => m.id === move)?.label ?? move}: ruled ${FATES[fate]}`, without: withFate(change, Number(number), seat, move, null) });
  for (const pin of change.pins) {
    const offered = menu?.values.find((v) => v.name === pin.name);
    found.push({ text: `${offered?.label ?? pin.name} held at ${valueWords(offered, pin.value)} ${pin.first === pin.last ? `as ${turn(pin.first)} begins` : `from ${turn(pin.first)} to ${turn(pin.last)}`}`, without: { ...change, pins: change.pins.filter((one) => one !== pin) } });
  }
  if (change.lenses) found.push({ text: `Settled under: ${LENSES[change.lenses] ?? change.lenses}`, without: { ...change, lenses: "" } });
  for (const [seat, policy] of Object.entries(change.players).sort(([a], [b]) => a.localeCompare(b))) {
    const { [seat]: _, ...others } = change.players;
    found.push({ text: `${short(seat)} is played anew by: ${menu?.players[seat]?.find((one) => one.id === policy)?.label ?? policy}`, without: { ...change, players: others } });
  }
  const ruling = menu?.rulings.find((r) => r.id === change.ruling);
  const plainly: Change = { ...change, rulings: "with", ruling: "" };
  if (change.rulings === "compare") found.push({ text: `Without any of Control's ${plural(menu?.rulings.length ?? 0, "ruling")}`, without: plainly });
  if (change.rulings === "one") found.push({ text: `Without the ruling on ${ruling ? `${ruling.label}, ${turn(ruling.turn)}` : change.ruling}`, without: plainly });
  if (change.rulings === "without") found.push({ text: "Control's rulings left out of both runs", without: plainly });
  return found;
}

interface Sent {
  outcomes?: Change["outcomes"];
  orders?: Record<string, Record<string, { move: string; params?: Record<string, Value>; public?: boolean }[]>>;
  pins?: string[];
  lenses?: string;
  players?: Record<string, string>;
  without_rulings?: string[];
  keep_rulings?: boolean;
}
const EVERY = "*";

/** The parameters of the job that runs a change (wargame/aar/counterfactuals.py: ChangeAsked). */
export function paramsOf(change: Change, runs: number): Record<string, unknown> {
  const orders = Object.fromEntries(Object.entries(change.orders).map(([turn, seats]) => [turn, Object.fromEntries(Object.entries(seats).map(([seat, sheet]) => [seat, sheet.map(({ move, params, public: open }) => ({ move, params, public: open }))]))]));
  const sent: Sent = {
    orders,
    outcomes: change.outcomes,
    pins: change.pins.map((pin) => `${pin.name}=${pin.value}@${pin.first === pin.last ? pin.first : `${pin.first}-${pin.last}`}`),
    players: change.players,
    without_rulings: change.rulings === "compare" ? [EVERY] : change.rulings === "one" ? [change.ruling] : [],
    keep_rulings: change.rulings !== "without",
    ...(change.lenses ? { lenses: change.lenses } : {}),
  };
  return { change: sent, runs };
}

/** The change a job was asked to run. */
export function changeOf(params: Record<string, unknown>): Change {
  const sent = (params.change ?? {}) as Sent;
  const orders = Object.fromEntries(Object.entries(sent.orders ?? {}).map(([turn, seats]) => [turn, Object.fromEntries(Object.entries(seats).map(([seat, sheet]) => [seat, sheet.map((one) => ({ move: one.move, params: one.params ?? {}, public: one.public ?? true, label: "" }))]))]));
  const pins = (sent.pins ?? []).flatMap((text) => {
    const found = /^([\w.]+)=([-+\d.eE]+)@(\d+)(?:-(\d+))?$/.exec(text);
    return found ? [{ name: found[1]!, value: Number(found[2]), first: Number(found[3]), last: Number(found[4] ?? found[3]) }] : [];
  });
  const left = sent.without_rulings ?? [];
  const rulings: Rulings = left.includes(EVERY) ? "compare" : left.length > 0 ? "one" : sent.keep_rulings === false ? "without" : "with";
  return { orders, outcomes: sent.outcomes ?? {}, pins, lenses: (sent.lenses ?? "") as LensName | "", players: sent.players ?? {}, rulings, ruling: rulings === "one" ? left[0]! : "" };
}
