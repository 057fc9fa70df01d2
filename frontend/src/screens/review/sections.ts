// Sections of the report that the panels of the review read (docs/review.md says how each is made). Shapes only.

type Refs = { refs: number[] };

export interface Escalated extends Refs { turn: number; points: number; goldstein?: number; by_lane?: Record<string, number>; goldstein_by_lane?: Record<string, number>; moves?: ({ order: string; seat: string; lane: string; label: string; severity: string; points: number; goldstein: number | null } & Refs)[] }

export interface HazardTurn extends Refs { turn: number; p_clash: number; p_war: number; cum_clash: number; cum_war: number; share: number; dice: { key: string; label: string; u: number; chance: number; outcome: string }[]; happened: string[] | { label: string }[] }
export interface Hazard extends Refs { turns: HazardTurn[]; clashes: number; clashes_expected: number; war_chance: number; war: boolean; luck: { as_few: number; as_many: number } }

export interface FiredRule extends Refs { rule: string; name: string; lens: string; say: string; sources: string[]; count: number; in_turns: number[]; moved: { variable: string; label: string; unit: string; amount: number }[] }
export interface Firings extends Refs { played_under: string[]; direct: number; lenses: { lens: string; label: string; count: number; rules: number; by_turn: ({ turn: number; count: number } & Refs)[] }[]; rules: FiredRule[]; silent: string[] }

interface WithWithout { without: number; with: number; delta: number }
interface Shifted extends WithWithout { variable: string; label: string; unit: string }
export interface OverriddenRuling extends Refs { ruling: string; kind: string; target: string; value: string; reason: string; target_label: string; turn: number; reproduced: boolean; changed: Shifted[]; indices: Record<string, WithWithout>; risk: Record<string, WithWithout>; orders: { order: string; seat: string; without: string; with: string }[]; happened: { only_with: string[]; only_without: string[] } }
export interface Overrides extends Refs { rulings: OverriddenRuling[]; turns_settled: number; orders_settled: number; game: ({ from_turn: number; to_turn: number; war_without: boolean; changed: Shifted[]; indices: Record<string, WithWithout> } & Refs) | null }

export interface Obligation extends Refs { agreement: string; title: string; clause: string; label: string; obligor: string; turn: number; from_level: number; level: number; level_label: string; verified_by: string; detection: number | null; secret: boolean; history: ({ turn: number; state: string; why: string; rule: string } & Refs)[]; choices: ({ turn: number; choice: string } & Refs)[]; unseen?: number; due: number | null; state: string; kept?: boolean | null }

export interface GapTurn extends Refs { turn: number; label: string; gap: number; zopa: number; catalogue: number; closed: boolean; believed: { seat: string; gap: number; closed: boolean }[]; tabled: number }

interface Effect { original: number; changed: number; delta: number; low: number; high: number }
export interface TurningPoint extends Refs { turn: number; label: string; title: string; text: string; weight: number; measures: { measure: string; delta: number; share: number }[]; causes: ({ variable: string; label: string; before: number; after: number; most: { label: string; rule: string; seat: string | null; amount: number }[] } & Refs)[]; luck: unknown[]; without: { seat: string | null; turns: number; outcomes: Record<string, Effect> }[] }
export interface TurningPoints extends Refs { weights: ({ turn: number; weight: number } & Refs)[]; points: TurningPoint[] }

export interface KnownItem extends Refs { kind: string; key: string; label: string; source: string; turn: number; at_ms: number; opens: boolean; seats: ({ seat: string; turn: number; at_ms: number; opened_turn: number | null; opened_ms: number | null } & Refs)[] }
export interface WithoutIt extends Refs { why: string; kind: string; key: string; label: string; holders: string[] }
export interface Uninformed extends Refs { turn: number; seat: string; at_ms: number; without: WithoutIt[]; orders: { order: string; label: string }[] }
export interface Knowledge extends Refs { items: KnownItem[]; decisions: Uninformed[]; seats: ({ seat: string; turns: ({ turn: number; given: number; to_open: number; opened: number; at_once: number } & Refs)[] } & Refs)[] }

export interface Perceived extends Refs { kind: string; key: string; turn: number; seat: string; label: string; text: string; public: boolean; meant: string; read: ({ seat: string; text: string; turn: number; at_ms: number } & Refs)[]; beliefs?: ({ variable: string; label: string; about: string; amount: number; rule: string; say: string } & Refs)[] }

export interface Understanding extends Refs { offer: string; title: string; version: number; turn: number; issue: string; label: string; level: number; clause: string; agreed: boolean; signed: string[]; how: string; readings: ({ seat: string; text: string; turn: number; at_ms: number } & Refs)[]; silent: string[] }

export interface Journal extends Refs { order: string; turn: number; seat: string; label: string; rationale: string; expects: string; argument: string; status: string; fidelity: number | null; text: string; ruled: boolean; person?: string; display?: string; at_ms: number; moved?: ({ variable: string; label: string; unit: string; amount: number; turn: number } & Refs)[]; read?: ({ mode: string; value: number | null; low: number | null; high: number | null; band: string } & Refs) | null }

type Cited = { cites: string };
export interface HistoryPath { variable?: string; id?: string; label: string; unit: string; game: ({ turn: number; value: number } & Refs)[]; record: ({ turn: number; value: number; low?: number | null; high?: number | null; note?: string } & Cited)[]; furthest?: ({ turn: number; apart: number } & Refs) | null }
export interface History extends Refs { recorded: boolean; turns: ({ turn: number; label: string; game_date: string; recorded: ({ id: string; date: string; title: string; text: string } & Cited)[]; played: ({ kind: string; seat: string | null; text: string } & Refs)[] } & Refs)[]; paths: HistoryPath[]; indicators: HistoryPath[]; meetings: ({ turn: number; label: string; game: string | null; record: string | null } & Refs & Cited)[] }

export interface Finding extends Refs { number: number; id: string; section: string; title: string; text: string }

/** How sections are made, in words shown beside them. */
export type Method = Partial<Record<"escalation" | "hazard" | "overrides" | "turning_points", Record<string, unknown>>>;
