// Before every file of tests: what the pages need of a browser and jsdom lacks, and a clean page after each test.
import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= StillObserver;

afterEach(cleanup);
