import { describe, expect, it } from "vitest";
import { rightsInWords, sheetOf } from "../../src/screens/control/people";

describe("names somebody pastes", () => {
  it("become a sheet of one column, whatever stands in a name", () => {
    expect(sheetOf("Ann Ng\n\n  Bo, the \"second\"  \n")).toBe('name\n"Ann Ng"\n"Bo, the ""second"""');
  });
  it("stay the table they are when a heading says so", () => {
    expect(sheetOf("Name;E-mail\nAnn;a@example.org")).toBe("Name;E-mail\nAnn;a@example.org");
    expect(sheetOf("full name\tseat\nAnn\tpotus")).toBe("full name\tseat\nAnn\tpotus");
  });
});

describe("rights", () => {
  it("are said in words", () => {
    expect(rightsInWords(["inject", "adjudicate", "clock", "people", "speak"])).toBe("all rights");
    expect(rightsInWords(["observe"])).toBe("only looks");
    expect(rightsInWords(["clock", "inject"])).toBe("inject, clock");
  });
});
