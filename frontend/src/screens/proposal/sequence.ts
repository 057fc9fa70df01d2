/**
 * Where the steps of a text stand in its diagram: a column for every turn something falls due, a lane for every
 * side that owes it, arrows where one step waits for another. Pure geometry, no DOM.
 */
import { textWidth } from "../../charts/layout";

export interface Step {
  key: string;
  label: string;
  lane: string;
  /** Turn it falls due; the turn of signing is the first column. */
  turn: number;
  /** Which tranche of how many. */
  part: number;
  of: number;
  /** Clause it waits for, "" if none. */
  after: string;
  bracketed: boolean;
  checked: string;
}

export interface Box {
  id: string;
  step: Step;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
}

export interface Arrow {
  from: string;
  to: string;
  path: string;
  dashed: boolean;
}

export interface Drawing {
  width: number;
  height: number;
  columns: { turn: number; x: number }[];
  lanes: { id: string; y: number; height: number }[];
  boxes: Box[];
  arrows: Arrow[];
  checks: { turn: number; x: number; lines: string[] }[];
  checkY: number;
}

const LEFT = 104;
const TOP = 34;
const BOX = 112;
const TALL = 38;
const GAP = 10;
const PAD = 16;
const LINE = 12;

/** Break words into at most `most` lines of a width in px; the last one is cut with an ellipsis. */
export function wrap(text: string, width: number, most = 2): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  const kept = lines.slice(0, most);
  const last = kept.length - 1;
  if (lines.length > most) kept[last] = `${kept[last]}\u2026`;
  return kept.map((words) => cut(words, width));
}

function cut(words: string, width: number): string {
  let short = words;
  while (short.length > 2 && textWidth(short) > width) short = `${short.replace(/\u2026$/, "").slice(0, -1).trimEnd()}\u2026`;
  return short;
}

/** Lay steps out for a width in px; the drawing is wider where its columns need it. */
export function draw(steps: readonly Step[], lanes: readonly string[], available: number): Drawing {
  const turns = [...new Set(steps.map((s) => s.turn))].sort((a, b) => a - b);
  const room = Math.max(available, LEFT + turns.length * (BOX + 14));
  const each = (room - LEFT) / Math.max(1, turns.length);
  const width = Math.min(BOX + 34, each - 14);
  const columns = turns.map((turn, i) => ({ turn, x: LEFT + each * (i + 0.5) }));
  const ranks = depths(steps);
  const cell = (lane: string, turn: number): Step[] =>
    steps.filter((s) => s.lane === lane && s.turn === turn).sort((a, b) => (ranks.get(a.key) ?? 0) - (ranks.get(b.key) ?? 0));
  let y = TOP;
  const placed: Drawing["lanes"] = [];
  const boxes: Box[] = [];
  for (const lane of lanes) {
    const most = Math.max(1, ...turns.map((turn) => cell(lane, turn).length));
    const height = PAD * 2 + most * TALL + (most - 1) * GAP;
    placed.push({ id: lane, y, height });
    for (const column of columns) {
      const inside = cell(lane, column.turn);
      const stack = inside.length * TALL + (inside.length - 1) * GAP;
      inside.forEach((step, i) => {
        const top = y + (height - stack) / 2 + i * (TALL + GAP);
        boxes.push({ id: boxId(step), step, x: column.x - width / 2, y: top, width, height: TALL, lines: wrap(step.label, width - 12) });
      });
    }
    y += height;
  }
  const checks = columns.map(({ turn, x }) => {
    const names = [...new Set(steps.filter((s) => s.turn === turn).map((s) => s.checked).filter(Boolean))];
    return { turn, x, lines: names.flatMap((name) => wrap(name, each - 12)).slice(0, 3) };
  });
  const lines = Math.max(1, ...checks.map((c) => c.lines.length));
  return { width: room, height: y + 16 + lines * (LINE + 1) + 6, columns, lanes: placed, boxes, arrows: arrows(boxes), checks, checkY: y + 20 };
}

/** Where steps of one place stand: those nobody waits for first, then each above what waits for it. A circle counts as no wait. */
function depths(steps: readonly Step[]): Map<string, number> {
  const after = new Map(steps.map((s) => [s.key, s.after]));
  const depth = (key: string, seen: readonly string[] = []): number => {
    const before = after.get(key);
    return before && after.has(before) && !seen.includes(before) ? 1 + depth(before, [...seen, key]) : 0;
  };
  const awaited = new Set(after.values());
  return new Map([...after.keys()].map((key) => [key, after.get(key) || awaited.has(key) ? 1 + depth(key) : 0]));
}

function boxId(step: Step): string {
  return step.of > 1 ? `${step.key}.${step.part}` : step.key;
}

/** An arrow runs from the last tranche of what is waited for to the first of what waits. */
function arrows(boxes: readonly Box[]): Arrow[] {
  const out: Arrow[] = [];
  for (const to of boxes) {
    if (!to.step.after || to.step.part > 1) continue;
    const from = boxes.filter((b) => b.step.key === to.step.after).at(-1);
    if (!from) continue;
    out.push({ from: from.id, to: to.id, path: curve(from, to), dashed: from.step.bracketed || to.step.bracketed });
  }
  return out;
}

function curve(from: Box, to: Box): string {
  const same = Math.abs(from.y - to.y) < TALL;
  if (same) {
    const right = to.x >= from.x;
    const a = right ? from.x + from.width : from.x;
    const b = right ? to.x : to.x + to.width;
    return `M${r(a)} ${r(from.y + TALL / 2)}L${r(b)} ${r(to.y + TALL / 2)}`;
  }
  const down = to.y > from.y;
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
  const y1 = down ? from.y + from.height : from.y;
  const y2 = down ? to.y : to.y + to.height;
  const bend = (y2 - y1) * 0.55;
  return Math.abs(x1 - x2) < 1 ? `M${r(x1)} ${r(y1)}L${r(x2)} ${r(y2)}` : `M${r(x1)} ${r(y1)}C${r(x1)} ${r(y1 + bend)} ${r(x2)} ${r(y2 - bend)} ${r(x2)} ${r(y2)}`;
}

function r(value: number): string {
  return value.toFixed(1);
}
