// The master lists of several sections as one list to choose from. Each section keeps its own words of an entry.
import { api } from "../../lib/http";
import type { MselSeen } from "../../protocol/entities";
import { newId } from "../../store/game.svelte";
import type { SectionStanding } from "./standing";

export interface Choice {
  id: string;
  title: string;
  trigger: string;
  /** Numbers of the sections in which it can still go out. */
  open: number[];
  /** And of those in which it went out. */
  sent: number[];
}

export type Lists = Map<number, Map<string, MselSeen>>;

const OPEN = new Set(["waiting", "held", "skipped", "undone", "passed"]);

/** The master list of every section, as its Control has it. */
export async function loadLists(sections: readonly SectionStanding[]): Promise<Lists> {
  const found = await Promise.all(sections.map(async (section) => [section.number, await loadList(section.game)] as const));
  return new Map(found);
}

async function loadList(game: string): Promise<Map<string, MselSeen>> {
  const entries = new Map<string, MselSeen>();
  for (let before = ""; ; ) {
    const answer = await api<{ items: { id: string; v: MselSeen }[]; more: boolean }>(`/games/${encodeURIComponent(game)}/page?kind=msel&as_view=control&limit=100${before && `&before=${encodeURIComponent(before)}`}`);
    if (!answer.ok) return entries;
    for (const item of answer.value.items) entries.set(item.id, item.v);
    before = answer.value.items.at(-1)?.id ?? "";
    if (!answer.value.more || !before) return entries;
  }
}

/** Every entry of any section once, with where it can still go out; what can go out nowhere comes last. */
export function choices(lists: Lists): Choice[] {
  const found = new Map<string, Choice>();
  for (const [number, entries] of lists) {
    for (const entry of entries.values()) {
      const choice = found.get(entry.id) ?? { id: entry.id, title: entry.title, trigger: entry.trigger, open: [], sent: [] };
      if (OPEN.has(entry.state)) choice.open.push(number);
      else if (entry.state === "sent") choice.sent.push(number);
      found.set(entry.id, choice);
    }
  }
  return [...found.values()].sort((a, b) => Number(b.open.length > 0) - Number(a.open.length > 0) || a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** The arguments of inject.send in each section: the entry in that section's own words. */
export function firing(lists: Lists, choice: Choice): Record<string, Record<string, unknown>> {
  const inject = newId("inj");
  return Object.fromEntries(
    choice.open.map((number) => {
      const { to, title, text, source, precedence, channel, room, variants, attachments } = lists.get(number)!.get(choice.id)!;
      return [String(number), { inject, msel: choice.id, to, title, text, source, precedence, channel, room, variants, attachments }];
    }),
  );
}
