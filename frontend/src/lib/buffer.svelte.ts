/** Changes to a paper that are not sent yet, kept like all unsent writing; `base` is the version they were made on. */
import { kept } from "./kept.svelte";

export interface Unsent {
  base: number;
  fields: Record<string, string>;
  to: string[] | null;
}

const NOTHING: Unsent = { base: 0, fields: {}, to: null };

export function buffer(key: string): { readonly now: Unsent; readonly any: boolean; put(change: Partial<Unsent>): void; drop(): void } {
  const box = kept(key);
  const now = $derived(parse(box.value));
  return {
    get now() {
      return now;
    },
    get any() {
      return Object.keys(now.fields).length > 0 || now.to !== null;
    },
    put(change) {
      box.value = JSON.stringify({ ...now, ...change });
    },
    drop() {
      box.value = "";
    },
  };
}

function parse(text: string): Unsent {
  if (!text) return NOTHING;
  try {
    const found = JSON.parse(text) as Partial<Unsent>;
    return { base: found.base ?? 0, fields: found.fields ?? {}, to: found.to ?? null };
  } catch {
    return NOTHING;
  }
}
