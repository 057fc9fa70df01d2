/** What changed between two wordings of a clause, by words. */

export interface Piece {
  kind: "same" | "ins" | "del";
  text: string;
}

/** Below this share of common words a mixture of struck and inserted words cannot be read: replace the whole. */
const READABLE = 0.4;

export function diffWords(before: string, after: string): Piece[] {
  if (before === after) return after ? [{ kind: "same", text: after }] : [];
  const a = words(before);
  const b = words(after);
  const table = lengths(a, b);
  const common = table[0]?.[0] ?? 0;
  if (common / Math.max(a.length, b.length, 1) < READABLE) {
    return [...(before ? [{ kind: "del" as const, text: before }] : []), ...(after ? [{ kind: "ins" as const, text: after }] : [])];
  }
  const out: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(out, "same", a[i++] ?? "");
      j += 1;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      push(out, "del", a[i++] ?? "");
    } else {
      push(out, "ins", b[j++] ?? "");
    }
  }
  return out;
}

function words(text: string): string[] {
  return text.trim() ? text.trim().split(/\s+/) : [];
}

function push(out: Piece[], kind: Piece["kind"], word: string): void {
  const last = out.at(-1);
  if (last?.kind === kind) last.text += ` ${word}`;
  else out.push({ kind, text: word });
}

/** lengths[i][j]: longest common run of a[i..] and b[j..]. */
function lengths(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i] as number[];
    const next = table[i + 1] as number[];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}
