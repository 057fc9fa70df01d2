import type { SeatSeen } from "../protocol/entities";

/** The validated pairs of colours a team may wear. What is none of them is drawn as not played. */
const PAIRS = new Set(["pres", "bur", "rival", "ally", "ctl"]);

export function pairClass(pair: string | undefined): string {
  return pair && PAIRS.has(pair) ? pair : "npc";
}

export const CONTROL: Pick<SeatSeen, "id" | "pair" | "label" | "short" | "glyph"> = {
  id: "control",
  pair: "ctl",
  label: "Control",
  short: "Control",
  glyph: "hexagon",
};
