// Where things go in a chart: pure geometry, no DOM. Widths of words are estimated, so that charts lay out
// the same in a test, on a server and in a browser.

/** The width of an 11 px label in the interface face, within about 8 %. */
export function textWidth(text: string, size = 11): number {
  let units = 0;
  for (const letter of text) units += /[ilj.,:;'|!\[\]()]/.test(letter) ? 0.3 : /[mwMW]/.test(letter) ? 0.86 : /[A-Z0-9]/.test(letter) ? 0.62 : 0.53;
  return units * size;
}

export interface Wanted {
  key: string;
  x: number;
  text: string;
  /** Higher is placed first. */
  weight: number;
}

export interface Placed {
  key: string;
  x: number;
  anchor: "start" | "middle" | "end";
  text: string;
}

/**
 * Choose which labels of one lane can be written without touching each other, the heaviest first.
 * A label is centred on its mark, or turned inward at the ends of the lane. `left`, `right`: the lane's ends.
 */
export function placeLabels(wanted: Wanted[], left: number, right: number, gap = 6): Placed[] {
  const taken: [number, number][] = [];
  const placed: Placed[] = [];
  const order = [...wanted].sort((a, b) => b.weight - a.weight || a.x - b.x);
  for (const label of order) {
    const width = textWidth(label.text);
    const anchor = label.x - width / 2 < left ? "start" : label.x + width / 2 > right ? "end" : "middle";
    const from = anchor === "start" ? label.x : anchor === "end" ? label.x - width : label.x - width / 2;
    const to = from + width;
    if (taken.some(([a, b]) => from < b + gap && to > a - gap)) continue;
    taken.push([from, to]);
    placed.push({ key: label.key, x: label.x, anchor, text: label.text });
  }
  return placed.sort((a, b) => a.x - b.x);
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Which boxes can be written without touching one written before; earlier boxes win. */
export function clearBoxes(boxes: Box[]): boolean[] {
  const taken: Box[] = [];
  return boxes.map((box) => {
    const free = !taken.some((t) => box.left < t.right && box.right > t.left && box.top < t.bottom && box.bottom > t.top);
    if (free) taken.push(box);
    return free;
  });
}

/** Move positions apart so that neighbours stand at least `gap` apart, staying in [low, high], order kept. */
export function spread(positions: number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y || a.index - b.index);
  const out = order.map((item) => Math.max(low, Math.min(high, item.y)));
  for (let i = 1; i < out.length; i += 1) out[i] = Math.max(out[i]!, out[i - 1]! + gap);
  for (let i = out.length - 1; i >= 0; i -= 1) {
    const limit = i === out.length - 1 ? high : out[i + 1]! - gap;
    out[i] = Math.min(out[i]!, limit);
  }
  const result: number[] = new Array(positions.length);
  order.forEach((item, i) => (result[item.index] = out[i]!));
  return result;
}

export interface TurnLabel {
  turn: number;
  label: string;
}

/** Split turn labels such as "2017 Q1" into the year, written once, and the part below each point. */
export function turnAxis(turns: TurnLabel[]): { turn: number; short: string; year: string | null }[] {
  let last = "";
  return turns.map(({ turn, label }) => {
    const parts = /^(\d{4})\s+(.+)$/.exec(label);
    if (!parts) return { turn, short: label, year: null };
    const year = parts[1]! === last ? null : parts[1]!;
    last = parts[1]!;
    return { turn, short: parts[2]!, year };
  });
}

/** Where a value that holds at the end of a turn stands: 0 is the start of the game, a turn fills [t-1, t]. */
export function turnMiddle(turn: number): number {
  return turn <= 0 ? 0 : turn - 0.5;
}

export interface Step {
  label: string;
  amount: number;
  from: number;
  to: number;
}

/** Lay the causes of a change one after the other from the value before. */
export function waterfallSteps(before: number, causes: { label: string; amount: number }[]): Step[] {
  let at = before;
  return causes.map(({ label, amount }) => {
    const from = at;
    at += amount;
    return { label, amount, from, to: at };
  });
}

/** Merge causes smaller than `least` into one row, so that the sum stays exact and the chart readable. */
export function mergeSmall<T extends { label: string; amount: number }>(causes: T[], most: number): { label: string; amount: number }[] {
  if (causes.length <= most) return causes;
  const sorted = [...causes].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const kept = new Set(sorted.slice(0, most - 1));
  const rest = causes.filter((cause) => !kept.has(cause));
  const amount = rest.reduce((sum, cause) => sum + cause.amount, 0);
  return [...causes.filter((cause) => kept.has(cause)), { label: `${rest.length} smaller causes`, amount }];
}

/** The smallest domain with some air that holds all values; never of zero width. */
export function airy(values: number[], air = 0.08): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const span = high - low || Math.max(1, Math.abs(high) * 0.1);
  // What cannot be negative has no negative axis.
  return [low >= 0 ? Math.max(0, low - span * air) : low - span * air, high + span * air];
}
