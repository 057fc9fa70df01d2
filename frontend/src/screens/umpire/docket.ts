// What the second umpire has to rate: dockets by turn, the ratings made, and which of them is in hand.
import type { DocketSeen, RatingSeen } from "../../protocol/entities";

export interface Docket {
  dockets: readonly DocketSeen[];
  ratings: readonly RatingSeen[];
}

export const STEPS = [["done", "Carried out"], ["partial", "In part"], ["blocked", "Not at all"]] as const;

/** The docket in hand: that of the newest turn. */
export function latest(found: Docket): DocketSeen | undefined {
  return [...found.dockets].sort((a, b) => b.turn - a.turn)[0];
}

export function ratingOf(found: Docket | null, turn: number, order: string): RatingSeen | undefined {
  return found?.ratings.find((r) => r.turn === turn && r.order === order);
}
