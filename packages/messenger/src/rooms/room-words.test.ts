import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { RoomSummary } from "../client/state.ts";
import { bodyWords, peopleWords, roomTitle } from "./room-words.ts";

const nameOf = (uri: string) =>
  ({ me: "You", ada: "Ada", ben: "Ben", noor: "\u0646\u0648\u0631" })[uri] ?? uri;
const room = (change: Partial<RoomSummary>): RoomSummary => ({
  id: "r",
  kind: "group",
  name: null,
  standing: "member",
  members: ["me", "ada"],
  asked: [],
  notAdded: [],
  invitedBy: null,
  timerSeconds: null,
  unread: 0,
  latest: null,
  activeAt: 0,
  ...change,
});

suite("the words for conversations", () => {
  test("a conversation is called by its name, or by the people in it besides oneself", () => {
    assert.equal(roomTitle(room({ name: "Kites" }), "me", nameOf), "Kites");
    assert.equal(roomTitle(room({}), "me", nameOf), "Ada");
    assert.equal(roomTitle(room({ members: ["me", "ada", "ben"] }), "me", nameOf), "Ada and Ben");
    assert.equal(roomTitle(room({ members: ["me"] }), "me", nameOf), "Only you");
  });

  test("more than two people are counted", () => {
    assert.equal(peopleWords(["Ada", "Ben", "Cleo", "Dan"]), "Ada, Ben and 2 others");
    assert.equal(peopleWords(["Ada", "Ben", "Cleo"]), "Ada, Ben and 1 other");
  });

  test("whoever reads stands first among those who joined", () => {
    assert.equal(
      bodyWords({ kind: "members", joined: ["ada", "me"], left: [] }, "ada", nameOf),
      "You and Ada joined.",
    );
  });

  test("a message that was not shown says so and nothing of what it held", () => {
    assert.equal(
      bodyWords({ kind: "unverifiable", code: "frank.tag" }, "ada", nameOf),
      "A message could not be checked, so it is not shown.",
    );
  });
});
