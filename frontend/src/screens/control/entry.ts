// An entry of the master list as its form holds it, and the command that comes of it. Pure.
import type { CommandArgs } from "../../store/game.svelte";
import type { MselSeen } from "../../protocol/entities";
import { causeOf, type Cause } from "./msel";

export type EntryWords = CommandArgs<"inject.write">["entry"];
export type ActionKind = NonNullable<NonNullable<EntryWords["when"]>["on"]>["kind"];

/** Something a seat does, as its fields hold it; an empty kind is no action at all. */
export interface ActionDraft {
  kind: ActionKind | "";
  by: string[];
  to: string[];
  move: string;
  room: string;
}

export interface EntryDraft {
  msel: string;
  version: number;
  number: string;
  title: string;
  text: string;
  source: string;
  to: string[];
  channel: MselSeen["channel"];
  room: string;
  precedence: MselSeen["precedence"];
  variants: { to: string; text: string }[];
  attachments: { title: string; text: string }[];
  expected: string;
  expects: string;
  seen: ActionDraft;
  objective: string;
  owner: string;
  kind: MselSeen["kind"];
  cause: Cause;
  turn: number | null;
  phase: string;
  minutes: number;
  on: ActionDraft;
  silence: string;
  after: string;
  condition: string;
  /** Per cent. */
  chance: number;
  effects: string;
  extra: Record<string, string>;
}

export const ACTION_WORDS: Record<ActionKind, string> = {
  order: "puts an order on its sheet",
  submit: "submits its orders",
  free_move: "proposes a free move",
  message: "writes a message",
  letter: "sends a letter",
  paper: "releases a paper",
  ask: "asks for information",
  room: "opens a room",
  conference: "calls a conference",
  table: "tables a text",
  counter: "makes a counter-offer",
  accept: "accepts a text",
  sign: "signs a text",
  walk_away: "walks away",
  brief: "briefs another seat",
  appeal: "appeals",
  open: "opens an inject",
};

export const CAUSE_WORDS: Record<Cause, string> = {
  clock: "At a time",
  action: "When a seat does something",
  silence: "When an expected action is not seen",
  after: "After another entry",
  state: "When the world stands so",
  hand: "On Control's word only",
};

const NO_ACTION: ActionDraft = { kind: "", by: [], to: [], move: "", room: "" };

/** Every field of an entry nobody has written yet. */
export function emptyEntry(msel: string, turn: number): EntryDraft {
  return {
    msel, version: 0, number: "", title: "", text: "", source: "", to: [], channel: "cable", room: "", precedence: "routine", variants: [], attachments: [],
    expected: "", expects: "", seen: { ...NO_ACTION }, objective: "", owner: "", kind: "S", cause: "clock", turn: Math.max(1, turn), phase: "", minutes: 0,
    on: { ...NO_ACTION }, silence: "", after: "", condition: "", chance: 100, effects: "", extra: {},
  };
}

/** An entry as its form holds it; with a new id it is a copy, which nobody has written yet. */
export function draftOf(item: MselSeen, copyAs = ""): EntryDraft {
  const { when } = item;
  const cause = causeOf(item);
  return {
    msel: copyAs || item.id,
    version: copyAs ? 0 : item.version,
    number: copyAs ? "" : item.number,
    title: item.title,
    text: item.text,
    source: item.source,
    to: [...item.addressed],
    channel: item.channel,
    room: item.room,
    precedence: item.precedence,
    variants: Object.entries(item.variants).map(([to, text]) => ({ to, text })),
    attachments: item.attachments.map(({ title, text }) => ({ title, text })),
    expected: item.expected,
    expects: item.expects,
    seen: actionDraft(item.seen_on),
    objective: item.objective,
    owner: item.owner,
    kind: item.kind,
    cause,
    turn: when.turn,
    phase: when.phase,
    minutes: (cause === "clock" ? when.offset_ms : when.delay_ms) / 60_000,
    on: actionDraft(when.on),
    silence: when.silence,
    after: when.after,
    condition: when.if,
    chance: Math.round(item.chance * 1000) / 10,
    effects: item.effects,
    extra: { ...item.extra },
  };
}

function actionDraft(action: MselSeen["seen_on"]): ActionDraft {
  return action ? { kind: action.kind as ActionKind, by: [...action.by], to: [...action.to], move: action.move, room: action.room } : { ...NO_ACTION };
}

function actionOf(draft: ActionDraft) {
  return draft.kind ? { kind: draft.kind, by: draft.by, to: draft.to, move: draft.move.trim(), room: draft.room } : null;
}

function whenOf(draft: EntryDraft): EntryWords["when"] {
  const ms = Math.max(0, Math.round((draft.minutes || 0) * 60_000));
  const also = { turn: draft.turn, if: draft.condition.trim() };
  switch (draft.cause) {
    case "clock":
      return { ...also, phase: draft.phase, offset_ms: ms };
    case "action":
      return { ...also, on: actionOf(draft.on), delay_ms: ms };
    case "silence":
      return { ...also, silence: draft.silence, delay_ms: ms };
    case "after":
      return { ...also, after: draft.after, delay_ms: ms };
    case "state":
      return { if: also.if };
    case "hand":
      return { hand: true };
  }
}

/** What is still to be filled in, as a sentence; empty where nothing is missing. The server judges the rest. */
export function missingIn(draft: EntryDraft): string {
  if (!draft.title.trim()) return "It needs a title.";
  if (!draft.text.trim()) return "It needs a text.";
  if (draft.to.length === 0) return "Choose who reads it.";
  if (draft.channel === "room" && !draft.room) return "Choose the room it is said in.";
  if (draft.cause === "clock" && draft.turn === null) return "Say in which turn it goes out.";
  if (draft.cause === "action" && !draft.on.kind) return "Choose what a seat has to do.";
  if (draft.cause === "silence" && !draft.silence) return "Choose the entry whose expected action is missed.";
  if (draft.cause === "after" && !draft.after) return "Choose the entry it comes after.";
  if (draft.cause === "state" && !draft.condition.trim()) return "Write the condition.";
  if (draft.variants.some((one) => !one.to || !one.text.trim())) return "Every variant needs its readers and its text.";
  if (draft.attachments.some((one) => !one.title.trim() || !one.text.trim())) return "Every attachment needs a title and a text.";
  return "";
}

/** The command that writes the entry. `asDraft`: it waits for another facilitator's approval. */
export function writeArgs(draft: EntryDraft, asDraft: boolean): CommandArgs<"inject.write"> {
  const trim = (text: string) => text.trim();
  return {
    msel: draft.msel,
    version: draft.version,
    draft: asDraft,
    entry: {
      number: trim(draft.number), title: trim(draft.title), text: trim(draft.text), source: trim(draft.source), to: draft.to, channel: draft.channel,
      room: draft.channel === "room" ? draft.room : "", precedence: draft.precedence, variants: Object.fromEntries(draft.variants.map((one) => [one.to, trim(one.text)])),
      attachments: draft.attachments.map((one) => ({ title: trim(one.title), text: trim(one.text) })), expected: trim(draft.expected), expects: trim(draft.expects),
      seen_on: actionOf(draft.seen), objective: trim(draft.objective), owner: trim(draft.owner), when: whenOf(draft), chance: Math.min(100, Math.max(0, draft.chance)) / 100,
      effects: trim(draft.effects), kind: draft.kind, extra: draft.extra,
    },
  } as CommandArgs<"inject.write">;
}
