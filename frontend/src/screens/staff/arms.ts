// Sections and treatments as the form of a new game holds them, and what they become in the request. Pure.
import type { LensName } from "./lenses";

export interface ArmDraft {
  label: string;
  note: string;
  lens: LensName;
  record: boolean;
  /** Another case, or empty: the one chosen for all. */
  scenario: string;
  /** Ids of injects of the case that sections of this arm do not get. */
  without: string[];
  /** Other words for injects, by id; what is empty stays as it is. */
  reworded: Record<string, string>;
}

export interface SectionsDraft {
  count: string;
  /** As typed, separated by commas; empty: numbered. */
  names: string;
  dice: "own" | "shared";
  arms: ArmDraft[];
}

export const MOST_SECTIONS = 40;

export function oneSection(): SectionsDraft {
  return { count: "1", names: "", dice: "own", arms: [] };
}

export function newArm(number: number): ArmDraft {
  return { label: number === 1 ? "As it is" : `Treatment ${number - 1}`, note: "", lens: "all", record: false, scenario: "", without: [], reworded: {} };
}

export function sectionCount(draft: SectionsDraft): number {
  const count = Number(draft.count);
  return Number.isInteger(count) ? count : 0;
}

/** The names of the sections, typed or numbered. */
export function sectionNames(draft: SectionsDraft): string[] {
  const typed = draft.names.split(",").map((name) => name.trim()).filter(Boolean);
  return typed.length > 0 ? typed : Array.from({ length: sectionCount(draft) }, (_, at) => `Section ${at + 1}`);
}

/** What must be put right about the sections; nothing where there is one group only. */
export function sectionFaults(draft: SectionsDraft, title: string): string[] {
  const count = sectionCount(draft);
  if (count < 1 || count > MOST_SECTIONS) return [`The number of sections is 1 to ${MOST_SECTIONS}.`];
  if (count === 1) return [];
  const names = sectionNames(draft);
  const out: string[] = [];
  if (title.trim().length > 40) out.push("With sections the title may have 40 characters: their names come behind it.");
  if (names.length !== count) out.push(`There are ${count} sections and ${names.length} names. Give each a name, or none at all.`);
  if (new Set(names).size < names.length) out.push("Two sections have the same name.");
  if (names.some((name) => name.length > 18)) out.push("The name of a section may have 18 characters.");
  if (draft.arms.length === 1) out.push("One treatment alone compares nothing. Add a second, or take it away.");
  if (draft.arms.length > count) out.push("There are more treatments than sections.");
  if (draft.arms.some((arm) => !arm.label.trim() || arm.label.trim().length > 40)) out.push("Each treatment needs a name of at most 40 characters.");
  return out;
}

/** What an exercise has beside the fields of a game. */
export function sectionsRequest(draft: SectionsDraft): Record<string, unknown> {
  return {
    sections: sectionNames(draft),
    dice: draft.dice,
    treatments: draft.arms.map((arm, at) => ({
      id: `t${at + 1}`,
      label: arm.label.trim(),
      note: arm.note.trim(),
      ...(arm.lens === "all" ? {} : { lens: arm.lens }),
      ...(arm.record ? { forced: "historical" } : {}),
      ...(arm.scenario ? { scenario: arm.scenario } : {}),
      // The lists are those of the case chosen for all: another case has entries of its own.
      msel: arm.scenario ? [] : arm.without.map((id) => ({ name: "inject.skip", args: { msel: id } })),
      reworded: arm.scenario ? {} : Object.fromEntries(Object.entries(arm.reworded).filter(([id, text]) => text.trim() && !arm.without.includes(id))),
    })),
  };
}
