/** Keeps test reports out of production and real reports out of the test system. */
import { ClientError } from "./error.ts";

export type Environment = "test" | "production";

/** NCMEC's two hosts. A report that goes to the wrong one is either lost to the police or a false alarm. */
const NCMEC_HOSTS: ReadonlyMap<string, Environment> = new Map([
  ["report.cybertip.org", "production"],
  ["exttest.cybertip.org", "test"],
]);

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function refuse(message: string): ClientError {
  return new ClientError("environment", message, { advice: "unknown", effect: "none" });
}

/**
 * Checks that a server may be called in an environment. Hosts that are not NCMEC's may be used in either: there the
 * caller's configuration is the only one who knows.
 *
 * @param base such as `https://exttest.cybertip.org/ispws`
 * @returns the base in one canonical form, without a slash at its end
 * @throws ClientError `environment`
 */
export function checkEnvironment(base: string, environment: Environment): string {
  if (!URL.canParse(base)) throw refuse(`The base ${JSON.stringify(base)} is no URL.`);
  const url = new URL(base);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refuse("The base must be scheme, host and path only. Give the credentials apart from it.");
  }
  const host = url.hostname.replace(/\.$/, "");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(host))) {
    throw refuse(`The base must begin with https:, because reports and passwords travel to ${host}.`);
  }
  const theirs = NCMEC_HOSTS.get(host);
  const isTheirs = theirs !== undefined || host === "cybertip.org" || host.endsWith(".cybertip.org");
  if (isTheirs && theirs !== environment) {
    const right = [...NCMEC_HOSTS].find(([, each]) => each === environment)?.[0] ?? "";
    throw refuse(`${host} is not the ${environment} host. Use ${right}, or set the environment right.`);
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}
