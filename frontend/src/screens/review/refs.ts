// Which events of the log lie behind a point of a chart, and which points rest on an event. Pure.

/** Anything of a report that names the events it rests on. */
export interface Referring {
  refs?: readonly number[] | undefined;
}

/** References of several claims put together, each once, in order. */
export function mergedRefs(...parts: (readonly number[] | undefined)[]): number[] {
  return [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
}

/** References by turn, of claims that have one. */
export function refsByTurn(...claims: readonly (Referring & { turn: number })[][]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const claim of claims.flat()) if (claim.refs?.length) found.set(claim.turn, mergedRefs(found.get(claim.turn), claim.refs));
  return found;
}

/** The keys whose references hold one of the events being looked at. */
export function restingOn<K>(by: ReadonlyMap<K, readonly number[]>, lit: ReadonlySet<number>): Set<K> {
  const found = new Set<K>();
  if (lit.size === 0) return found;
  for (const [key, refs] of by) if (refs.some((ref) => lit.has(ref))) found.add(key);
  return found;
}
