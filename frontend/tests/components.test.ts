import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import ConfirmInPlace from "../src/components/ConfirmInPlace.svelte";
import Diff from "../src/components/Diff.svelte";
import GateReason from "../src/components/GateReason.svelte";
import StanceMark from "../src/components/StanceMark.svelte";
import { createRawSnippet } from "svelte";

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe("components", () => {
  it("a stance is said in words for readers", () => {
    render(StanceMark, { mark: "bracket", who: "DPRK" });
    expect(screen.getByText("DPRK brackets")).toBeTruthy();
  });

  it("a change announces what was inserted and deleted", () => {
    const { container } = render(Diff, { before: "US expert visits at the site", after: "US expert visits and cameras at the site" });
    expect(container.querySelector("ins")?.textContent).toBe("inserted: and cameras");
    expect(container.querySelector("del")).toBeNull();
  });

  it("a locked move says why and what unlocks it, without doubled stops", () => {
    const { container } = render(GateReason, { why: ["Congress resists."], unlock: ["resistance of 60 or less", "inspectors in place"] });
    expect(container.textContent?.replace(/\s+/g, " ").trim()).toBe("Why not: Congress resists. Unlocks with resistance of 60 or less, or inspectors in place.");
  });

  it("a dangerous button asks first, with focus on no", async () => {
    let done = 0;
    render(ConfirmInPlace, { question: "Walk away?", confirm: "Yes, leave", onconfirm: () => void (done += 1), children: words("Leave") });
    screen.getByRole("button", { name: "Leave" }).click();
    const no = await screen.findByRole("button", { name: "No" });
    expect(done).toBe(0);
    await Promise.resolve();
    expect(document.activeElement).toBe(no);
    screen.getByRole("button", { name: "Yes, leave" }).click();
    await screen.findByRole("button", { name: "Leave" });
    expect(done).toBe(1);
  });
});
