// The pages of the review: which there are, what they are called and how each is loaded. A page is loaded when it is
// first opened, so that the first paint carries none of the others. A new page is one line here.
import type { Component } from "svelte";
import type { Report } from "./report";

/** What every page is given. `seek` moves the page's moment to an event of the log (a ref); the address keeps it. */
export interface TabProps {
  report: Report;
  game: string;
  /** The seat whose view this is, or null for the whole truth. */
  viewSeat: string | null;
  seek: (seq: number) => void;
  /** The id of the page, and what follows it in the address (one counterfactual, one person). */
  page: string;
  item: string;
}

export interface Tab {
  /** Part of the address: /r/{game}/{id}. */
  id: string;
  words: string;
  load: () => Promise<{ default: Component<TabProps> }>;
  /** A number beside the words. */
  count?: (report: Report) => number | undefined;
  /** Whether timeline and player stand above the page. */
  player?: boolean;
  /** Drawn before the long sections of the report have come. */
  early?: boolean;
  /** Open to the whole truth only: absent where a seat's view is shown. */
  truth?: boolean;
}

export const TABS: readonly Tab[] = [
  { id: "", words: "Review", player: true, early: true, load: () => import("./Overview.svelte") },
  { id: "replay", words: "Replay", player: true, early: true, load: () => import("./ReplayTab.svelte") },
  { id: "moves", words: "Moves", load: () => import("./Records.svelte"), count: (r) => r.moves?.length },
  { id: "texts", words: "Texts", load: () => import("./Records.svelte"), count: (r) => r.texts?.length },
  { id: "messages", words: "Messages", load: () => import("./Records.svelte"), count: (r) => r.messages?.length },
  { id: "knowledge", words: "Knowledge", load: () => import("./KnowledgeTab.svelte"), count: (r) => r.knowledge?.decisions.length },
  { id: "rulings", words: "Rulings and rules", load: () => import("./Records.svelte"), count: (r) => r.rulings?.length },
  { id: "counterfactual", words: "Counterfactuals", truth: true, load: () => import("./counterfactual/Counterfactuals.svelte") },
  { id: "questions", words: "Questions", truth: true, load: () => import("./questions/Questions.svelte") },
  { id: "lenses", words: "Lenses", truth: true, load: () => import("./lenses/Lenses.svelte") },
  { id: "participation", words: "Participation", load: () => import("./people/Participation.svelte") },
  { id: "objectives", words: "Objectives", truth: true, load: () => import("./objectives/Objectives.svelte") },
  { id: "report", words: "Report and data", load: () => import("./files/Files.svelte") },
];

/** The pages a view has. */
export function tabsFor(viewSeat: string | null): readonly Tab[] {
  return TABS.filter((tab) => viewSeat === null || !tab.truth);
}
