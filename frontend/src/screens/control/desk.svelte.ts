/**
 * Control's desk: the live game, what Control is looking at, and one way to give a command and hear how it went.
 * It holds no rule of the game; a refusal's sentence comes from the server's catalogue.
 */
import { getContext, setContext } from "svelte";
import { MselDesk } from "./mseldesk.svelte";
import { BoardWatch } from "./watch.svelte";
import { newId, type CommandArgs, type CommandName, type GameStore } from "../../store/game.svelte";

export interface Notice {
  id: string;
  text: string;
  bad: boolean;
}

export interface InjectDraft {
  source: string;
  to: string[];
  title: string;
  text: string;
  precedence: "routine" | "priority" | "immediate" | "flash";
  channel: "cable" | "room" | "press" | "intel" | "flash";
  room: string;
  attachments: { title: string; text: string }[];
}

export type Sheet = { kind: "inject"; broadcast: boolean } | { kind: "note" | "clock" | "checkpoints" | "keys" } | null;
export type Pane = "adjudication" | "free" | "appeals" | "rooms" | "texts" | "map" | "world" | "game" | "papers";

const KEY = Symbol("desk");

export class Desk {
  notices = $state.raw<Notice[]>([]);
  busy = $state(0);
  pane = $state<Pane>("adjudication");
  sheet = $state.raw<Sheet>(null);
  viewAs = $state<string | null>(null);
  covered = $state(false);
  /** The room Control reads. */
  room = $state("");
  readonly board: BoardWatch;
  readonly list: MselDesk;

  constructor(readonly game: GameStore) {
    this.board = new BoardWatch(game);
    this.list = new MselDesk(this);
  }

  get started(): boolean {
    const status = this.game.game?.status;
    return status === "running" || status === "paused";
  }

  /** Give a command; says what was done, or why it was not. True when the server accepted it. */
  async do<N extends CommandName>(name: N, args: CommandArgs<N>, said = ""): Promise<boolean> {
    this.busy += 1;
    const outcome = await this.game.send(name, args);
    this.busy -= 1;
    if (!outcome.ok) this.say(outcome.text, true);
    else if (said) this.say(said);
    return outcome.ok;
  }

  say(text: string, bad = false): void {
    if (this.notices.some((notice) => notice.text === text)) return;
    const id = newId("notice");
    this.notices = [...this.notices.slice(-2), { id, text, bad }];
    setTimeout(() => this.forget(id), bad ? 15_000 : 5_000);
  }

  forget(id: string): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  pause(): void {
    if (this.game.game?.status === "paused") void this.do("game.resume", {}, "The game goes on.");
    else if (this.game.game?.status === "running") void this.do("game.pause", {}, "All clocks stand still.");
  }

  extend(minutes: number): void {
    const { turn, phase } = this.game.game ?? { turn: 0, phase: "" };
    const said = minutes > 0 ? `${minutes} min added to the phase.` : `${-minutes} min taken from the phase.`;
    void this.do("clock.extend", { by_ms: Math.round(minutes * 60_000), expect: `${turn}:${phase}` }, said);
  }

  endPhase(): void {
    const game = this.game.game;
    if (game) void this.do("phase.end", { expect: `${game.turn}:${game.phase}` }, "The phase has ended.");
  }

  /** Send a free inject. An empty audience means everybody. */
  async inject(draft: InjectDraft): Promise<boolean> {
    const to = draft.to.length > 0 ? draft.to : this.game.all("seat").map((seat) => seat.id);
    const { title, text, source, precedence, channel, attachments } = draft;
    const room = channel === "room" ? draft.room : "";
    const ok = await this.do("inject.send", { inject: newId("inj"), to, title, text, source, precedence, channel, room, attachments }, "The inject has gone out.");
    if (ok) this.sheet = null;
    return ok;
  }
}

export function provideDesk(desk: Desk): Desk {
  return setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
