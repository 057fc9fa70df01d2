// What charts need of a browser and jsdom lacks.
import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= StillObserver;

afterEach(cleanup);
