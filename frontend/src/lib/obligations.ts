/** What was signed and what became of it, in words. Only what the view was told. */
import type { AgreementSeen, ObligationSeen } from "../protocol/entities";
import type { GameStore } from "../store/game.svelte";

type Tone = "" | "ok" | "warn" | "bad" | "line";

export const STATE_WORDS: Record<ObligationSeen["state"], [string, Tone]> = {
  pending: ["Not due yet", "line"],
  due: ["Due now", "warn"],
  fulfilled: ["Kept", "ok"],
  late: ["Late", "warn"],
  breached: ["Broken", "bad"],
  suspended: ["Suspended", "warn"],
  struck: ["Struck", ""],
  ended: ["Ended", ""],
};

export const STATUS_WORDS: Record<AgreementSeen["status"], [string, Tone]> = {
  in_force: ["In force", "ok"],
  suspended: ["Suspended", "warn"],
  notice: ["Under notice", "warn"],
  withdrawn: ["Withdrawn from", "bad"],
  ended: ["Ended", ""],
  collapsed: ["Collapsed", "bad"],
  struck: ["Struck", "bad"],
};

export const CHOICE_WORDS: Record<"keep" | "delay" | "withhold", [string, string]> = {
  keep: ["Keep it", "Carried out this turn."],
  delay: ["Delay", "Openly, for this turn. It costs some trust."],
  withhold: ["Withhold", "Hidden. It costs much if it is seen."],
};

export const NOTICE_WORDS = { suspension: "suspended", withdrawal: "gave notice of withdrawal from", resumption: "took up again" } as const;

/** Obligations of a text, first those that fall due first. */
export function obligationsOf(game: GameStore, agreement: string): ObligationSeen[] {
  return game
    .all("obligation")
    .filter((o) => o.agreement === agreement)
    .sort((a, b) => (a.due_turn ?? 999) - (b.due_turn ?? 999) || a.label.localeCompare(b.label));
}

/** Obligations the seat is asked about this turn. */
export function asked(game: GameStore): ObligationSeen[] {
  return game.all("obligation").filter((o) => o.asked && o.obligor === game.seat);
}
