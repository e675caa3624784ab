import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import type { Body, Message } from "../client/state.ts";
import { isOnlyEmoji, linesOf, piecesOf } from "./lines.ts";

const NOON = new Date(2026, 10, 20, 12).getTime();
const MINUTE = 60_000;

function message(key: string, from: string, at: number, body: Body = { kind: "text", text: key }): Message {
  return {
    key,
    seq: 1,
    from,
    own: false,
    at,
    delivery: "sent",
    body,
    edited: false,
    replyTo: null,
    reactions: [],
    expiresAt: null,
    disappearing: false,
    reportable: true,
  };
}

suite("the lines of a conversation", () => {
  test("the first message of each day names the day, by the calendar of this device", () => {
    const late = new Date(2026, 10, 20, 23, 59).getTime();
    const lines = linesOf(
      [message("a", "ada", NOON), message("b", "ada", late), message("c", "ada", late + 2 * MINUTE)],
      null,
    );
    assert.deepEqual(
      lines.map(({ startsDay }) => startsDay),
      [true, false, true],
    );
  });

  test("a name stands again after another person, after a pause, and after something that happened", () => {
    const joined: Body = { kind: "members", joined: ["ben"], left: [] };
    const lines = linesOf(
      [
        message("a", "ada", NOON),
        message("b", "ada", NOON + MINUTE),
        message("c", "ben", NOON + 2 * MINUTE),
        message("d", "ben", NOON + 9 * MINUTE),
        message("e", "ben", NOON + 10 * MINUTE, joined),
        message("f", "ben", NOON + 11 * MINUTE),
      ],
      null,
    );
    assert.deepEqual(
      lines.map(({ startsTurn }) => startsTurn),
      [true, false, true, true, false, true],
    );
  });

  test("what is new is marked where it begins, unless everything is new", () => {
    const messages = [message("a", "ada", NOON), message("b", "ada", NOON)];
    assert.deepEqual(
      linesOf(messages, "b").map(({ startsUnread }) => startsUnread),
      [false, true],
    );
    assert.ok(linesOf(messages, "a").every(({ startsUnread }) => !startsUnread));
  });
});

suite("what is written", () => {
  test("no character is lost or added when addresses are taken apart from text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.webUrl(), fc.string(), (before, url, after) => {
        const text = `${before} ${url} ${after}`;
        assert.equal(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(""),
          text,
        );
      }),
      { numRuns: 200 },
    );
  });

  test("only web addresses become links, and what ends a sentence stays outside", () => {
    assert.deepEqual(piecesOf("See https://example.org/kites?x=1."), [
      { kind: "text", text: "See " },
      { kind: "link", href: "https://example.org/kites?x=1", text: "https://example.org/kites?x=1" },
      { kind: "text", text: "." },
    ]);
    for (const text of ["javascript:alert(1)", "data:text/html,x", "file:///etc", "https://"])
      assert.ok(
        piecesOf(text).every(({ kind }) => kind === "text"),
        text,
      );
  });

  test("up to three emoji are drawn large, however many parts each has", () => {
    assert.equal(isOnlyEmoji("\u{1F389}"), true);
    assert.equal(isOnlyEmoji(" \u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u{1F1EC}\u{1F1E7} "), true);
    assert.equal(isOnlyEmoji("\u{1F389}\u{1F389}\u{1F389}\u{1F389}"), false);
    assert.equal(isOnlyEmoji("Well \u{1F389}"), false);
    assert.equal(isOnlyEmoji(""), false);
  });
});
