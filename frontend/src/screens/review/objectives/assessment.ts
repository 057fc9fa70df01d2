// The instructor's assessment as the server holds it (wargame/aar/assessment.py). Owns its shapes and the meaning of the letters.
import { api, type Answer } from "../../../lib/http";

export type Letter = "P" | "S" | "M" | "U";
export interface Rated { objective: string; label: string; competency: string; source: string; rating: Letter | ""; strengths: string; improve: string; refs: number[]; by: string; at_ms: number | null }
export interface PlanItem { item: string; area: string; action: string; owner: string; start: string; due: string; objective: string; by: string; at_ms: number }
export interface Assessment {
  ratings: Rated[];
  plan: PlanItem[];
  /** Whether the reader may rate. */
  writable: boolean;
}

/** HSEEP 2020, performance ratings of exercise objectives. */
export const LETTERS: Record<Letter, string> = { P: "Performed without challenges", S: "Performed with some challenges", M: "Performed with major challenges", U: "Unable to be performed" };

export const readAssessment = (game: string): Promise<Answer<Assessment>> => api(`/games/${encodeURIComponent(game)}/assessment`);

/** Give one command of the assessment; the answer is the whole of it as it then stands. */
export const assess = (game: string, name: "assess.rate" | "assess.plan" | "assess.drop", args: Record<string, unknown>): Promise<Answer<Assessment>> =>
  api(`/games/${encodeURIComponent(game)}/assessment`, { id: `review-${crypto.randomUUID()}`, name, args });
