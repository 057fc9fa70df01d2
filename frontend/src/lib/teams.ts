import type { SeatSeen } from "../protocol/entities";

/** Class of the validated colour pair of a team. Unknown teams are drawn as not played. */
const PAIRS: Record<string, string> = { PRES: "pres", BUR: "bur", DPRK: "dprk", ALLY: "ally", CTL: "ctl" };

export function teamClass(team: string | undefined): string {
  return PAIRS[team ?? ""] ?? "npc";
}

export const CONTROL: Pick<SeatSeen, "id" | "team" | "label" | "short" | "glyph"> = {
  id: "control",
  team: "CTL",
  label: "Control",
  short: "Control",
  glyph: "hexagon",
};

export const TEAM_LABELS: Record<string, string> = {
  PRES: "US President",
  BUR: "US agencies",
  DPRK: "DPRK",
  ALLY: "Allies",
  CTL: "Control",
};
