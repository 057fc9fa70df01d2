/** The one stretch in which two texts differ, and where a place in a text goes when somebody else changes it. */

export interface Change {
  /** First character that differs, in UTF-16 units. */
  at: number;
  /** Units taken out there. */
  cut: number;
  /** What was put in. */
  put: string;
}

/** How `before` became `after` in a field whose caret now stands at `caret`: what lies behind the caret was not touched. */
export function change(before: string, after: string, caret: number): Change {
  const most = Math.min(before.length, after.length - Math.min(caret, after.length));
  let tail = 0;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const least = Math.min(before.length, after.length) - tail;
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  // Never half a character: a pair of units is changed as one.
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { at: head, cut: before.length - tail - head, put: after.slice(head, after.length - tail) };
}

export interface Step {
  retain?: number;
  insert?: unknown;
  delete?: number;
}

/** Where a place goes under somebody else's change. Words put in exactly there go behind it. */
export function moved(place: number, steps: readonly Step[]): number {
  let at = 0;
  let to = place;
  for (const step of steps) {
    if (at >= to) break;
    if (step.retain) at += step.retain;
    else if (typeof step.insert === "string") {
      to += step.insert.length;
      at += step.insert.length;
    } else if (step.delete) to = Math.max(at, to - step.delete);
  }
  return to;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
