import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Strip from "../../src/charts/Strip.svelte";
import { gameIn, gamesQuery, meanPath, pText, write, type PathLine } from "../../src/screens/compare/comparison";

const line: PathLine = {
  id: "a", label: "A", unit: "", low: 0, high: 100, family: "variable", headline: true,
  by_game: { one: [{ turn: 1, value: 10, ref: 5 }, { turn: 2, value: 20, ref: 9 }], two: [{ turn: 1, value: 30, ref: 4 }] },
};

test("the mean of a group is over the games that came so far", () => {
  expect(meanPath(line, ["one", "two", "gone"])).toEqual([{ turn: 1, value: 20 }, { turn: 2, value: 20 }]);
});

test("a p is never written as nothing", () => {
  expect([pText(0.0004), pText(0.031_25), pText(1)]).toEqual(["<0.001", "0.031", "1.000"]);
});

test("shares are per cent, and small numbers keep two decimals", () => {
  expect([write("share")(0.5), write("", 1)(0.125), write("", 90)(12.34)]).toEqual(["50%", "0.13", "12.3"]);
});

test("games put into other groups stay in their order in the address", () => {
  expect(gamesQuery(["a", "b", "c"], new Map([["a", 1], ["b", 0], ["c", 1]]))).toBe("b;a,c");
});

test("a game is found in whatever page's address was pasted", () => {
  expect([gameIn(" g12 "), gameIn("http://host/r/g12/people?at=3"), gameIn("https://host/g/g12/control")]).toEqual(["g12", "g12", "g12"]);
});

test("games on one spot are counted, and every value is said", () => {
  const values = [1, 1, 4].map((value, n) => ({ label: `Group ${n}`, value }));
  render(Strip, { label: "Texts", write: String, rows: [{ id: "a", label: "As it is", shape: "circle", values, median: 1, quartiles: null }] });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Texts. As it is: 1, 1, 4");
  expect(screen.getByText("×2")).toBeTruthy();
});
