/** The server's clock as seen from here: keeps the offset of the sample with the shortest round trip. */
export class ServerClock {
  #offset = 0;
  #best = Number.POSITIVE_INFINITY;
  #age = 0;

  constructor(private readonly local: () => number = Date.now) {}

  /** Record a server time that answered a request sent at `sentMs` (our clock). */
  sample(serverMs: number, sentMs: number): void {
    const now = this.local();
    const trip = Math.max(0, now - sentMs);
    this.#age += 1;
    // A machine that slept or was re-set must not keep an old good sample for ever.
    if (trip <= this.#best || this.#age > 20) {
      this.#best = trip;
      this.#age = 0;
      this.#offset = serverMs + trip / 2 - now;
    }
  }

  /** Correct a grossly wrong offset from a frame that answers nothing (an unasked `head`). */
  hint(serverMs: number): void {
    const off = serverMs - this.local();
    if (this.#best === Number.POSITIVE_INFINITY || Math.abs(off - this.#offset) > 5_000) {
      this.#offset = off;
      this.#best = 5_000;
    }
  }

  now(): number {
    return this.local() + this.#offset;
  }
}
