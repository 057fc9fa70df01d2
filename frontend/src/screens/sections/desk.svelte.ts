/**
 * The desk over many sections: how they stand, which are chosen, and one way to give a command in all of them.
 * It asks every two seconds while the page is looked at; what it shows of a game is what the server counted.
 */
import { api } from "../../lib/http";
import { toast } from "../../lib/toasts.svelte";
import { newId } from "../../store/game.svelte";
import { report, type Done, type SectionStanding, type Standing } from "./standing";

const EVERY_MS = 2_000;

export class SectionsDesk {
  standing = $state.raw<Standing | null>(null);
  fault = $state("");
  /** Numbers of the sections the bar acts on; none chosen means all. */
  chosen = $state.raw<number[]>([]);
  busy = $state(false);
  now = $state(Date.now());
  #skewMs = 0;
  #asked = 0;

  constructor(readonly id: string) {}

  get sections(): SectionStanding[] {
    return this.standing?.sections ?? [];
  }

  /** The sections a command goes to. */
  get meant(): SectionStanding[] {
    return this.chosen.length > 0 ? this.sections.filter((one) => this.chosen.includes(one.number)) : this.sections;
  }

  /** Ask now, and again every two seconds while the page is visible. Returns what stops it. */
  watch(): () => void {
    void this.load();
    const again = setInterval(() => {
      if (document.visibilityState !== "hidden") void this.load();
    }, EVERY_MS);
    const tick = setInterval(() => (this.now = Date.now() + this.#skewMs), 250);
    const back = (): void => {
      if (document.visibilityState !== "hidden") void this.load();
    };
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(again);
      clearInterval(tick);
      document.removeEventListener("visibilitychange", back);
    };
  }

  async load(): Promise<void> {
    const number = ++this.#asked;
    const answer = await api<Standing>(`/exercises/${encodeURIComponent(this.id)}`);
    // An answer that was overtaken by a later question says nothing new.
    if (number !== this.#asked) return;
    if (answer.ok) this.take(answer.value);
    else this.fault = answer.text;
  }

  take(standing: Standing): void {
    this.standing = standing;
    this.fault = "";
    this.#skewMs = standing.at_ms - Date.now();
    this.now = standing.at_ms;
  }

  toggle(number: number): void {
    this.chosen = this.chosen.includes(number) ? this.chosen.filter((one) => one !== number) : [...this.chosen, number];
  }

  /** Give a command in these sections (the chosen ones unless named) and say what became of it in each. */
  async do(name: string, args: Record<string, unknown>, said: string, to: readonly SectionStanding[] = this.meant, each: Record<string, Record<string, unknown>> = {}): Promise<boolean> {
    if (to.length === 0 || this.busy) return false;
    this.busy = true;
    const body = { id: newId("many"), name, args, each, sections: to.map((one) => one.number) };
    const answer = await api<{ done: Done[] }>(`/exercises/${encodeURIComponent(this.id)}/do`, body);
    this.busy = false;
    if (!answer.ok) {
      toast(answer.text, { tone: "bad" });
      return false;
    }
    for (const line of report(said, answer.value.done, this.sections)) toast(line.text, { tone: line.bad ? "bad" : "plain" });
    await this.load();
    return answer.value.done.every((one) => one.ok);
  }

  /** Change the exercise itself: more sections, another draw. The answer is how it stands then. */
  async change(what: "sections" | "draw", body: Record<string, unknown>, said: string): Promise<boolean> {
    this.busy = true;
    const answer = await api<Standing>(`/exercises/${encodeURIComponent(this.id)}/${what}`, body);
    this.busy = false;
    if (answer.ok) this.take(answer.value);
    toast(answer.ok ? said : answer.text, answer.ok ? {} : { tone: "bad" });
    return answer.ok;
  }
}
