import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import App from "../../src/App.svelte";
import { match, router } from "../../src/router/router.svelte";

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

test("the address of a text carries its id as it is, colon and all", () => {
  expect(match("/g/g1/p/a%3Ao1")).toEqual({ screen: "proposal", params: { game: "g1", offer: "a:o1" } });
  expect(match("/g/g1/p/a:o1/")).toEqual({ screen: "proposal", params: { game: "g1", offer: "a:o1" } });
  expect(match("/g/g1/agreements")).toEqual({ screen: "ledger", params: { game: "g1" } });
});
