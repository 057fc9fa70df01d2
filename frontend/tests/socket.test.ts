import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Feed } from "../src/protocol/frames";
import { Link, type LinkEvents, type LinkState } from "../src/store/socket";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  frames(t: string): Record<string, unknown>[] {
    return this.sent.filter((f) => f.t === t);
  }
}

const WELCOME = { t: "welcome", game: "g", view: "seat:potus", person: "p", role: "player", seat: "potus", read_only: false, head: 0, server_ms: 0, version: 1 };
const last = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;

function make(overrides: Partial<LinkEvents> = {}) {
  const states: LinkState[] = [];
  let cursor = 0;
  const link = new Link(
    { url: "ws://x", open: () => new FakeSocket() as unknown as WebSocket, random: () => 0.5 },
    {
      cursor: () => cursor,
      welcome: () => true,
      snapshot: (f) => void (cursor = f.n),
      feed: (f: Feed) => {
        if (f.a > cursor + 1) return false;
        cursor = f.b;
        return true;
      },
      head: () => {},
      writing: () => {},
      state: (s) => void states.push(s),
      ...overrides,
    },
  );
  link.start();
  return { link, states };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => vi.useRealTimers());

describe("link", () => {
  it("says hello with the cursor it holds, also after a reconnect", () => {
    const { link } = make();
    last().open();
    expect(last().frames("hello")[0]).toMatchObject({ cursor: 0, version: 1 });
    last().say(WELCOME);
    last().say({ t: "feed", a: 1, b: 7, items: [] });
    last().drop();
    vi.advanceTimersByTime(400);
    last().open();
    expect(FakeSocket.all).toHaveLength(2);
    expect(last().frames("hello")[0]).toMatchObject({ cursor: 7 });
    link.stop();
  });

  it("sends an unanswered command again under the same id and settles it once", async () => {
    const { link } = make();
    last().open();
    last().say(WELCOME);
    const settled = vi.fn();
    void link.send("id-00000001", "seat.take", { seat: "potus" }).then(settled);
    expect(last().frames("command")).toHaveLength(1);
    last().drop();
    vi.advanceTimersByTime(400);
    last().open();
    last().say(WELCOME);
    expect(last().frames("command")[0]).toMatchObject({ id: "id-00000001", name: "seat.take" });
    last().say({ t: "ack", id: "id-00000001", n: 3 });
    last().say({ t: "ack", id: "id-00000001", n: 3 });
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalledExactlyOnceWith({ ok: true, n: 3 });
    expect(link.pending).toBe(0);
    link.stop();
  });

  it("keeps commands given while offline, in order, until it is welcome", () => {
    const { link } = make();
    void link.send("id-00000001", "a", {});
    void link.send("id-00000002", "b", {});
    last().open();
    expect(last().frames("command")).toHaveLength(0);
    last().say(WELCOME);
    expect(last().frames("command").map((f) => f.id)).toEqual(["id-00000001", "id-00000002"]);
    link.stop();
  });

  it("starts over from its cursor when the feed has a hole", () => {
    const { link } = make();
    last().open();
    last().say(WELCOME);
    last().say({ t: "feed", a: 1, b: 2, items: [] });
    last().say({ t: "feed", a: 5, b: 6, items: [] });
    expect(FakeSocket.all).toHaveLength(2);
    last().open();
    expect(last().frames("hello")[0]).toMatchObject({ cursor: 2 });
    link.stop();
  });

  it("waits longer after each failed try and says when the next one is", () => {
    const { link } = make();
    const pauses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      const count = FakeSocket.all.length;
      last().drop();
      let waited = 0;
      while (FakeSocket.all.length === count && waited < 30_000) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      pauses.push(waited);
    }
    expect(pauses).toEqual([300, 1_000, 2_000, 4_000]);
    link.stop();
  });

  it("gives up where trying again cannot help, and answers what was waiting", async () => {
    const { link, states } = make();
    last().open();
    const waiting = link.send("id-00000001", "a", {});
    last().say({ t: "bye", code: 4403, reason: "access.removed" });
    last().drop(4403);
    expect(states.at(-1)).toBe("closed");
    expect(await waiting).toMatchObject({ ok: false, code: "link.closed" });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("takes silence for a lost link", () => {
    const { link, states } = make();
    last().open();
    last().say(WELCOME);
    vi.advanceTimersByTime(11_000);
    expect(last().frames("ping")).toHaveLength(1);
    vi.advanceTimersByTime(17_000);
    expect(states).toContain("lost");
    link.stop();
  });

  it("acknowledges many frames with one cumulative ack", () => {
    const { link } = make();
    last().open();
    last().say(WELCOME);
    for (let n = 1; n <= 5; n += 1) last().say({ t: "feed", a: n, b: n, items: [] });
    expect(last().frames("ack")).toHaveLength(0);
    vi.advanceTimersByTime(250);
    expect(last().frames("ack")).toEqual([{ t: "ack", n: 5 }]);
    link.stop();
  });
});
