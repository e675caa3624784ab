/** The part of `window` that holds the address. */
export interface AddressBar {
  location: Pick<Location, "pathname" | "hash" | "reload">;
  history: Pick<History, "replaceState">;
  addEventListener(type: "hashchange", listener: () => void): void;
}

/**
 * Takes the one-time token out of the address (`/sign-in#TOKEN`) before anything else sees it: it must not stay in the
 * browser's history. What stands behind `#` is never sent to a server, so the token is in no access log either.
 * @returns the token, or `undefined` when the page was not opened by a link
 */
export function takeLinkToken(bar: AddressBar): string | undefined {
  const hash = bar.location.pathname === "/sign-in" ? bar.location.hash.slice(1) : "";
  if (hash !== "") bar.history.replaceState(null, "", "/sign-in");
  // A second link opened in the same tab changes only the hash: the page starts again, so that the link is taken here.
  bar.addEventListener("hashchange", () => {
    if (bar.location.pathname === "/sign-in" && bar.location.hash.length > 1) bar.location.reload();
  });
  return hash === "" ? undefined : hash;
}
