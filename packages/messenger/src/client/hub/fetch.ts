import { base64urlOf } from "@fairlead/franking";
import {
  readAbout,
  readAccepted,
  readAccount,
  readInbox,
  readMe,
  readSafety,
  readSignIn,
} from "./answers.ts";
import type { HubApi, HubSession, NewDevice } from "./api.ts";
import { type Exchange, openExchange } from "./exchange.ts";

/**
 * A hub over HTTP.
 *
 * @param base address that `/chat/...` stands below, such as the page's own origin
 */
export function openHub(base: string, fetcher: typeof fetch = fetch.bind(globalThis)): HubApi {
  const plain = openExchange(base, fetcher, null);
  return {
    about: async () => readAbout(await plain.json("GET", "/chat/about")),
    createAccount: async ({ device, ...account }) =>
      readSignIn(await plain.json("POST", "/chat/accounts", { ...account, device: deviceBody(device) })),
    addDevice: async (code, device) =>
      readSignIn(await plain.json("POST", "/chat/devices", { code, device: deviceBody(device) })),
    signedIn: ({ token, domain }) => session(openExchange(base, fetcher, token), domain),
  };
}

function session(http: Exchange, domain: string): HubSession {
  return {
    ...accounts(http),
    ...rooms(http, domain),
    ...files(http),
    ...safety(http),
  };
}

function accounts(http: Exchange) {
  return {
    me: async () => readMe(await http.json("GET", "/chat/me")),
    makeDeviceCode: async () => {
      const from = await http.json("POST", "/chat/device-codes", {});
      return { code: from.text("code"), expiresAt: from.whole("expiresAt") };
    },
    revokeDevice: (id) => http.done("DELETE", `/chat/devices/${base64urlOf(id)}`),
    account: async (handle) => {
      const from = await http.jsonOrNull(`/chat/accounts/${encodeURIComponent(handle)}`);
      return from === null ? null : readAccount(from);
    },
    putKeyPackages: (keyPackages) =>
      http.done("PUT", "/chat/key-packages", { keyPackages: keyPackages.map(base64urlOf) }),
    takeKeyPackages: async (uri) => {
      const from = await http.json("POST", "/chat/key-packages/take", { uri });
      return {
        keyPackages: from.list("keyPackages", (one) => one.bytes("keyPackage")),
        missing: from.texts("missing").length,
      };
    },
    ask: async (to) =>
      (await http.json("POST", "/chat/requests", { to })).text("state") === "accepted"
        ? "accepted"
        : "pending",
    asks: async () => {
      const from = await http.json("GET", "/chat/requests");
      return {
        received: from.list("received", (one) => ({
          uri: one.text("uri"),
          name: one.text("name"),
          at: one.whole("at"),
        })),
        sent: from.list("sent", (one) => ({
          uri: one.text("uri"),
          accepted: one.text("state") === "accepted",
        })),
      };
    },
    answerAsk: (handle, accept) =>
      http.done("POST", `/chat/requests/${encodeURIComponent(handle)}`, { accept }),
  } satisfies Partial<HubSession>;
}

function rooms(http: Exchange, domain: string) {
  return {
    createRoom: (groupInfo) => http.done("POST", "/chat/rooms", { groupInfo: base64urlOf(groupInfo) }),
    commit: (roomId, { commit, welcome, groupInfo }) =>
      http.done("POST", `/chat/rooms/${roomId}/commits`, {
        commit: base64urlOf(commit),
        welcome: welcome === null ? null : base64urlOf(welcome),
        groupInfo: base64urlOf(groupInfo),
      }),
    leaveRoom: (roomId) => http.done("POST", `/chat/rooms/${roomId}/leave`, {}),
    sendMessage: async (roomId, message, { clientTime, nonce, signature }) =>
      readAccepted(
        await http.json("POST", `/chat/rooms/${roomId}/messages`, {
          message: base64urlOf(message),
          submit: { clientTime, nonce: base64urlOf(nonce), signature: base64urlOf(signature) },
        }),
      ),
    inbox: async (after, waitSeconds, signal) => {
      const query = new URLSearchParams({ wait: String(waitSeconds), ...(after === null ? {} : { after }) });
      return readInbox(await http.json("GET", `/chat/inbox?${query.toString()}`, undefined, signal), domain);
    },
    acknowledge: (cursor) => http.done("POST", "/chat/inbox/ack", { cursor }),
  } satisfies Partial<HubSession>;
}

function files(http: Exchange) {
  return {
    uploadBlob: async (ciphertext) => {
      const from = await http.send("/chat/blobs", ciphertext);
      return { id: from.text("id"), url: from.text("url") };
    },
    downloadBlob: (id) => http.blobOrNull(`/chat/blobs/${encodeURIComponent(id)}`),
    putBackup: async (box) => {
      await http.put("/chat/backup", new Blob([box.slice()]));
    },
    getBackup: async () => {
      const found = await http.blobOrNull("/chat/backup");
      return found === null ? null : new Uint8Array(await found.arrayBuffer());
    },
  } satisfies Partial<HubSession>;
}

function safety(http: Exchange) {
  return {
    safety: async () => readSafety(await http.json("GET", "/chat/safety")),
    appeal: (words) => http.done("POST", "/chat/safety/appeals", { words }),
    sayFine: (handle) => http.done("POST", `/chat/safety/notices/${encodeURIComponent(handle)}/fine`, {}),
    block: (uri) => http.done("POST", "/chat/blocks", { uri }),
    unblock: (handle) => http.done("DELETE", `/chat/blocks/${encodeURIComponent(handle)}`),
    auditFrank: async ({ tag, frank, context }) => {
      const from = await http.json("POST", "/chat/frank-audit", {
        tag: base64urlOf(tag),
        frank: {
          serverFrank: base64urlOf(frank.serverFrank),
          suite: frank.suite,
          signature: base64urlOf(frank.signature),
        },
        context,
      });
      return { valid: from.flag("valid"), signature: from.bytes("signature") };
    },
    sendReport: async ({ reportId, sealed, holds }) => {
      const from = await http.json("POST", "/chat/reports", { reportId, sealed: base64urlOf(sealed), holds });
      return { receipt: from.text("receipt") };
    },
    reports: async () =>
      (await http.json("GET", "/chat/reports")).list("reports", (one) => ({
        reportId: one.text("reportId"),
        state: one.text("state"),
        steps: one.list("steps", (step) => ({ at: step.whole("at"), what: step.text("what") })),
      })),
  } satisfies Partial<HubSession>;
}

function deviceBody({ id, name, publicKey, proof }: NewDevice) {
  return { id: base64urlOf(id), name, publicKey: base64urlOf(publicKey), proof: base64urlOf(proof) };
}
