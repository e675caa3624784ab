import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Messenger } from "../client/types.ts";
import { beginDraft } from "./begin-draft.ts";

type Asked = Pick<
  Messenger,
  "draftReport" | "reviseReport" | "getRoom" | "openRoom" | "closeRoom" | "loadOlder"
>;

/** What `beginDraft` asks of a messenger, answered from a conversation of pages of messages, the newest page last. */
function asked(pages: readonly (readonly { key: string; own: boolean; reportable: boolean }[])[]) {
  const log: string[] = [];
  let loaded: number | null = null;
  const messenger: Asked = {
    draftReport: async (roomId, keys) => {
      log.push(`draft ${keys.join(" ")}`);
      const line = { seq: 7, role: "selected", locked: null, from: null, own: false, at: null } as const;
      return {
        roomId,
        lines: [{ ...line, what: { kind: "none" }, files: [] }],
        hasOlder: false,
        hasNewer: false,
        accused: null,
        category: null,
        note: "",
        defaultMode: "full",
      };
    },
    reviseReport: async (draft, change) =>
      change.kind === "role"
        ? { ...draft, lines: draft.lines.map((line) => ({ ...line, role: change.role })) }
        : draft,
    getRoom: (roomId) =>
      loaded === null
        ? null
        : ({
            roomId,
            messages: pages.slice(-loaded).flat(),
            hasOlder: loaded < pages.length,
            firstUnread: null,
          } as unknown as ReturnType<Messenger["getRoom"]>),
    openRoom: async () => {
      log.push("open");
      loaded = 1;
    },
    closeRoom: () => {
      log.push("close");
      loaded = null;
    },
    loadOlder: async () => {
      loaded = (loaded ?? 0) + 1;
    },
  };
  return { messenger: messenger as Messenger, log };
}

suite("the beginning of a report", () => {
  test("begins around the messages from which it was asked for", async () => {
    const { messenger, log } = asked([]);
    const draft = await beginDraft(messenger, { roomId: "r", messageKeys: ["a"] });
    assert.equal(draft?.lines[0]?.role, "selected");
    assert.deepEqual(log, ["draft a"]);
  });

  test("without a message it begins around the newest provable one of somebody else, and marks nothing", async () => {
    const { messenger, log } = asked([
      [{ key: "old", own: false, reportable: true }],
      [
        { key: "spoilt", own: false, reportable: false },
        { key: "mine", own: true, reportable: true },
      ],
    ]);
    const draft = await beginDraft(messenger, { roomId: "r", messageKeys: [] });
    assert.equal(draft?.lines[0]?.role, "context");
    assert.deepEqual(log, ["open", "close", "draft old"]);
  });

  test("says that there is nothing to prove where there is nothing", async () => {
    const { messenger } = asked([[{ key: "mine", own: true, reportable: true }]]);
    assert.equal(await beginDraft(messenger, { roomId: "r", messageKeys: [] }), null);
  });
});
