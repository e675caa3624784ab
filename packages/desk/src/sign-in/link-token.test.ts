import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type AddressBar, takeLinkToken } from "./link-token.ts";

function bar(pathname: string, hash: string) {
  const replaced: string[] = [];
  const listeners: (() => void)[] = [];
  let reloads = 0;
  const location = { pathname, hash, reload: () => void (reloads += 1) };
  const address: AddressBar = {
    location,
    history: { replaceState: (_data, _unused, url) => void replaced.push(String(url)) },
    addEventListener: (_type, listener) => void listeners.push(listener),
  };
  return {
    address,
    location,
    replaced,
    reloads: () => reloads,
    changed: () => listeners.forEach((listener) => listener()),
  };
}

suite("a sign-in link", () => {
  test("gives its token and leaves the address without it", () => {
    const { address, replaced } = bar("/sign-in", "#secret");
    assert.equal(takeLinkToken(address), "secret");
    assert.deepEqual(replaced, ["/sign-in"]);
  });

  test("is only looked for on the sign-in page", () => {
    const { address, replaced } = bar("/reports/1", "#history-title");
    assert.equal(takeLinkToken(address), undefined);
    assert.deepEqual(replaced, []);
  });

  test("opened in the same tab starts the page again", () => {
    const { address, location, changed, reloads } = bar("/sign-in", "");
    takeLinkToken(address);
    changed();
    assert.equal(reloads(), 0);
    location.hash = "#second";
    changed();
    assert.equal(reloads(), 1);
    location.pathname = "/reports/1";
    changed();
    assert.equal(reloads(), 1);
  });
});
