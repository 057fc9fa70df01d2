import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import App from "../../src/App.svelte";
import { router } from "../../src/router/router.svelte";

test("noting something in the address keeps the page, its socket and what is being typed", async () => {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ games: [] }), { status: 200 }));
  router.go("/staff");
  render(App);
  const heading = await screen.findByRole("heading", { name: "No games yet" }, { timeout: 4_000 });
  router.set({ at: "12" });
  await tick();
  await new Promise((done) => setTimeout(done, 0));
  expect(heading.isConnected).toBe(true);
  vi.unstubAllGlobals();
});
