// Long work the server does for a reader: asked for, watched, cancelled, fetched. Owns no result and computes nothing.
import { api, download, type Answer } from "../../lib/http";

export interface Job {
  id: string;
  kind: string;
  /** `truth` or the id of a seat. */
  view: string;
  params: Record<string, unknown>;
  state: "waiting" | "running" | "ready" | "failed" | "cancelled";
  done: number;
  of: number;
  message: string;
  name: string;
  media: string;
  /** Bytes of the result. */
  size: number;
  asked_ms: number;
  ended_ms: number | null;
  /** What it was made from has changed since. */
  stale: boolean;
  /** The asker may cancel it: their side asked for it, or they are the desk. */
  yours: boolean;
}

const WATCH_MS = 600;

export const underWay = (job: Job | undefined): boolean => job?.state === "waiting" || job?.state === "running";

/** The jobs of one game (or, with base "", of staff over many games) a reader may see, the newest first. */
export class Jobs {
  list = $state.raw<Job[]>([]);
  loaded = $state(false);
  fault = $state("");
  readonly #base: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = false;

  constructor(game: string) {
    this.#base = `${game ? `/games/${encodeURIComponent(game)}` : ""}/jobs`;
  }

  /** Ask for a job. An equal one that is ready or under way is the same one. */
  async ask(kind: string, params: Record<string, unknown>, view: string): Promise<Answer<Job>> {
    const asked = await api<Job>(this.#base, { kind, params, as: view });
    if (asked.ok) {
      this.#put(asked.value);
      this.#watch();
    }
    return asked;
  }

  async cancel(job: Job): Promise<void> {
    const told = await api<Job>(`${this.#base}/${job.id}/cancel`, {});
    if (told.ok) this.#put(told.value);
    else this.fault = told.text;
  }

  /** The result of a ready job that is JSON. */
  result<T>(job: Job): Promise<Answer<T>> {
    return api<T>(`${this.#base}/${job.id}/result`);
  }

  /** Save the result under its own name; returns the sentence to show where it could not be had. */
  save(job: Job): Promise<string> {
    return download(`${this.#base}/${job.id}/result`, job.name);
  }

  get(id: string): Job | undefined {
    return this.list.find((job) => job.id === id);
  }

  /** The newest job of a kind that a test accepts. */
  find(kind: string, fits: (job: Job) => boolean = () => true): Job | undefined {
    return this.list.find((job) => job.kind === kind && fits(job));
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const told = await api<{ jobs: Job[] }>(this.#base);
    if (this.#gone) return;
    if (told.ok) this.list = told.value.jobs;
    this.fault = told.ok ? "" : told.text;
    this.loaded = true;
    // A server that did not answer for a moment is asked again: the work goes on without us.
    if (this.list.some(underWay)) this.#watch();
  }

  close(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), WATCH_MS);
  }

  #put(job: Job): void {
    this.list = [job, ...this.list.filter((one) => one.id !== job.id)];
  }
}
