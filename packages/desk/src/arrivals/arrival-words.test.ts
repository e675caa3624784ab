import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ArrivalView } from "../api/shapes.ts";
import { becameWords, doorWords, workedWords } from "./arrival-words.ts";

const arrival = (part: Partial<ArrivalView>): ArrivalView => ({
  report: "00000000-0000-4000-8000-000000000001",
  number: "1001",
  door: "report",
  receivedAt: "2026-11-22T12:00:00Z",
  status: "new",
  relation: "same",
  why: [],
  sender: "Example Platform",
  handedBy: "example",
  reference: "case-1",
  names: [],
  outcomes: [],
  referred: [],
  ...part,
});

describe("the words about arrivals", () => {
  it("name every door, and a door that this desk does not know by its code", () => {
    assert.deepEqual(["report", "cybertipline", "package", "uk-direct", "kite"].map(doorWords), [
      "Sender’s own system",
      "CyberTipline",
      "Package from a peer",
      "UK direct report",
      "kite",
    ]);
  });

  it("say what was worked of the same report, and nothing of what was only added to it", () => {
    assert.equal(workedWords([arrival({}), arrival({ relation: "adds", status: "closed" })]), undefined);
    const worked = arrival({ status: "referred", referred: ["Kent"], outcomes: ["arrest"] });
    assert.equal(becameWords(worked), "referred to Kent, Arrest");
    assert.equal(
      workedWords([worked, arrival({ number: "1002", status: "closed" })]),
      "It has been worked already: report 1001, referred (referred to Kent, Arrest); report 1002, closed.",
    );
  });
});
