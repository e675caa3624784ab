import { FrankingError, type FrankingErrorCode } from "@fairlead/franking";
import type { FrankingAgent, MlsMember } from "@fairlead/franking/mls";
import { sql, type Transaction } from "kysely";
import { type ErrorProblem, StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import { toText } from "./bytes.ts";
import { othersOf, refused, standingOf } from "./contacts.ts";
import { LIMITS } from "./contract.ts";
import type { Device } from "./device-sessions.ts";
import type { Hub } from "./hub.ts";

/** Who is in a group, as the hub can see for itself. */
export interface Group {
  groupId: Uint8Array;
  epoch: bigint;
  members: readonly MlsMember[];
  agent: FrankingAgent;
}

/**
 * Reads the GroupInfo of a new group that `by` made.
 * @throws StationError `chat.roster-refused`
 */
export async function readNewGroup(hub: Hub, by: Device, groupInfo: Uint8Array): Promise<Group> {
  const info = await hub.mls.readGroupInfo(groupInfo).catch(tellMls);
  const signer = info.members.find(({ leaf }) => leaf === info.signer);
  if (signer === undefined || !by.id.equals(signer.deviceId))
    throw notTaken("the GroupInfo was made by another device", "Send the GroupInfo of your own group.");
  return fit(hub, info);
}

/**
 * Follows a commit of `by` from the GroupInfo before it to the one after it: nobody can show the hub another roster than the members
 * get.
 * @throws StationError `chat.roster-refused`, `chat.stale-epoch`
 */
export async function followCommit(
  hub: Hub,
  by: Device,
  change: { before: Uint8Array; commit: Uint8Array; after: Uint8Array },
): Promise<Group> {
  const followed = await hub.mls
    .followCommit(change.before, change.commit, change.after)
    .catch((cause: unknown) => {
      if (cause instanceof FrankingError && STALE.has(cause.code)) throw stale(cause);
      return tellMls(cause);
    });
  if (!by.id.equals(followed.sender.deviceId))
    throw notTaken("the commit was made by another device", "Send your own commits only.");
  return fit(hub, followed);
}

const STALE: ReadonlySet<FrankingErrorCode> = new Set(["mls.epoch-too-old", "mls.epoch-ahead"]);

function tellMls(cause: unknown): never {
  if (!(cause instanceof FrankingError)) throw cause;
  throw new StationError("chat.roster-refused", `This is not taken: ${cause.message}.`, {
    remedy: "Send what the group itself made, byte for byte.",
    cause,
  });
}

function fit(hub: Hub, group: Omit<Group, "agent"> & { agent: FrankingAgent | null }): Group {
  const { agent } = group;
  if (agent === null || agent.domain !== hub.config.domain)
    throw notTaken(
      "the group's context does not name this hub as its franking agent",
      "Make the group with the franking key and the domain of GET /chat/about.",
    );
  if (group.members.length > LIMITS.members)
    throw notTaken(`a room has at most ${LIMITS.members} devices`, "Invite fewer.");
  return { ...group, agent };
}

/** A device that is or will be in a room. */
export interface RosterDevice {
  id: Buffer;
  handle: string;
}

interface Registered extends RosterDevice {
  public_key: Buffer;
  revoked: boolean;
}

/**
 * Checks everybody in a group against the directory.
 * @returns its devices
 * @throws StationError `chat.roster-refused`, naming each leaf that may not be there
 */
export async function mustBeRegistered(
  hub: Hub,
  tx: Transaction<Tables>,
  members: readonly MlsMember[],
): Promise<RosterDevice[]> {
  const ids = members.map(({ deviceId }) => Buffer.from(deviceId));
  const { rows } = await sql<Registered>`
    select id, handle, public_key, revoked_at is not null as revoked from chat_device
    where id = any(${ids}::bytea[])`.execute(tx);
  const known = new Map(rows.map((row) => [row.id.toString("latin1"), row]));
  const problems: ErrorProblem[] = [];
  const devices: RosterDevice[] = [];
  for (const member of members) {
    const key = Buffer.from(member.deviceId).toString("latin1");
    const device = known.get(key);
    // Of two leaves of one device the second finds nothing.
    known.delete(key);
    const wrong = wrongWith(hub, member, device);
    if (wrong === undefined && device !== undefined) devices.push({ id: device.id, handle: device.handle });
    else problems.push({ path: `/members/${toText(member.deviceId)}`, message: wrong ?? "" });
  }
  if (problems.length === 0) return devices;
  throw new StationError("chat.roster-refused", "The group has leaves that may not be in this room.", {
    remedy: "Commit anew without them.",
    problems,
  });
}

function wrongWith(hub: Hub, member: MlsMember, device: Registered | undefined): string | undefined {
  if (device === undefined || hub.uris.account(device.handle) !== member.uri)
    return "no such device is registered for this account, or it has a leaf already";
  if (device.revoked) return "this device was revoked: remove it with the same commit";
  if (!device.public_key.equals(member.publicKey)) return "this device is registered with another key";
  return undefined;
}

/** @throws StationError `chat.refused` or `chat.ask-first`, if `by` may not add all of these accounts */
export async function mustBeWelcome(
  hub: Hub,
  tx: Transaction<Tables>,
  by: Device,
  added: readonly RosterDevice[],
): Promise<void> {
  const handles = [...new Set(added.map(({ handle }) => handle))].filter((handle) => handle !== by.handle);
  if (handles.length === 0) return;
  const now = hub.station.clock();
  for (const other of await othersOf(tx, by.handle, handles)) {
    const standing = standingOf(by.handle, other, now);
    if (standing === "blocked") throw refused();
    if (standing === "ask-first")
      throw new StationError("chat.ask-first", "Somebody here wants to be asked before they are added.", {
        remedy: "POST /chat/requests, and commit once they have said yes.",
        problems: [{ path: `/members/${other.handle}`, message: "has not said yes" }],
      });
  }
}

export function notTaken(why: string, remedy: string): StationError {
  return new StationError("chat.roster-refused", `This is not taken: ${why}.`, { remedy });
}

export function stale(cause?: unknown): StationError {
  return new StationError("chat.stale-epoch", "The room is not in the epoch that this follows.", {
    remedy: "Take in what is in the inbox, then make it anew.",
    cause,
  });
}

export function notAMember(): StationError {
  return new StationError("chat.not-a-member", "This device is not in that room.", {
    remedy: "Ask somebody in the room to add it.",
  });
}
