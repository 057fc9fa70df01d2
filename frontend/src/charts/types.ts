// What charts draw. Values only: the shapes of the report and of entities are mapped to these by the screens.
import type { TurnLabel } from "./layout";

export type Shape = "square" | "triangle" | "circle" | "ring" | "diamond" | "hexagon" | "none";
export type Severity = "eases" | "neutral" | "raises" | "raises_sharply";

export interface TurnValue {
  turn: number;
  value: number;
}

export interface Line {
  id: string;
  label: string;
  points: TurnValue[];
  /** Team whose colour the line has; INK for what belongs to nobody. */
  pair: string;
  shape: Shape;
  /** Dashed is always "not what happened": estimates and counterfactuals. */
  dashed?: boolean;
}

export interface Band {
  id: string;
  points: { turn: number; low: number; high: number }[];
}

export interface Note {
  turn: number;
  value: number;
  text: string;
}

export interface Lane {
  id: string;
  label: string;
  pair: string;
  shape: Shape;
}

export interface Happening {
  /** Unique among the marks; several may belong to one event of the log. */
  key: string;
  seq: number;
  at_ms: number;
  /** Position in turns: 0 is the start of turn 1. */
  at: number;
  lane: string;
  kind: string;
  severity: Severity;
  label: string;
  text: string;
  /** Events of the log this rests on. */
  refs?: readonly number[];
}

/** A moment flagged for the debrief: where it stands on the axis of turns, and what was written. */
export interface Flag {
  key: string;
  at: number;
  text: string;
}

export interface MapPoint {
  x: number;
  y: number;
  label: string;
}

export interface MapOffer extends MapPoint {
  key: string;
  pair: string;
  shape: Shape;
  note: string;
}

/** A difference between runs of two kinds: means, the difference of pairs and where nine pairs in ten of it lie. */
export interface Interval {
  id: string;
  label: string;
  /** A share of runs, 0 to 1; else a number in the outcome's own unit. */
  share: boolean;
  original: number;
  changed: number;
  delta: number;
  low: number;
  high: number;
  pairs?: number;
  note?: string;
}

export type { TurnLabel };
