import { userInfo } from "node:os";

/**
 * As whom PostgreSQL runs. It refuses to run as root, and a checkout or data directory below a home directory of
 * mode 700 is closed to everybody but that home's owner, so there is more than one way.
 */
export interface Identity {
  readonly name: "direct" | "owner" | "user-namespace" | "nobody";
  /** Words to put before a command so that it runs as this identity. */
  readonly prefix: readonly string[];
  /** Who must own PostgreSQL's files, in this process's terms; null where they are ours anyway. */
  readonly owner: Owner | null;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The overflow user of Linux, `nobody`: it exists on every distribution and owns nothing. */
const nobody: Owner = { uid: 65534, gid: 65534 };

/**
 * The ways to run PostgreSQL, best first; the launcher takes the first that can really reach programs and data.
 *
 * - Not root: as ourselves. If our uid has no name (a container with an arbitrary uid), initdb would refuse: then a
 *   user namespace gives it one.
 * - Root with data that somebody else owns: as that owner, so that they can go on using it themselves.
 * - Root: in a user namespace, where root is called `nobody` and holds no capability but still owns its files; this
 *   is the only way that reaches below a home of mode 700.
 * - Root where user namespaces are forbidden (most containers): as `nobody`, which cannot reach into such a home.
 */
export function candidateIdentities(self: Owner, dataOwner: Owner): readonly Identity[] {
  const namespaced: Identity = {
    name: "user-namespace",
    prefix: ["unshare", "--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`],
    owner: self.uid === 0 ? self : null,
  };
  if (self.uid !== 0) {
    return hasName() ? [{ name: "direct", prefix: [], owner: null }, namespaced] : [namespaced];
  }
  const candidates = [namespaced, switchTo("nobody", nobody)];
  return dataOwner.uid === 0 ? candidates : [switchTo("owner", dataOwner), ...candidates];
}

function switchTo(name: "owner" | "nobody", owner: Owner): Identity {
  const prefix = ["setpriv", "--reuid", String(owner.uid), "--regid", String(owner.gid), "--clear-groups"];
  return { name, prefix, owner };
}

function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}
