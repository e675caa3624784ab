import {
  type AgeIdentity,
  checkAddressed,
  digestingPayload,
  openStream,
  parseRecipient,
  sealDigesting,
} from "@fairlead/sealing";
import { type QueryCreator, sql } from "kysely";
import type { Tables } from "../store/tables.ts";
import { type Digests, measuring } from "./hashing.ts";
import type { ObjectStore } from "./object-store.ts";

/** A sealed object on disk, not yet known to the database. */
export interface VaultObject {
  name: string;
  size: number;
  sha256: Buffer;
  payloadSha256: Buffer;
}

/**
 * No header of an age file that is kept here is longer; what it covers beyond the header is payload, which the key was for. A header holds a
 * stanza for each station that it was sealed to: some 200 bytes.
 */
const HEADER_MOST = 64 * 1024;

/** Evidence, encrypted: every object is a standard age file that this station's identity opens. */
export interface Vault {
  /** Seals plaintext to this station while it streams in, and measures it. */
  seal(plaintext: AsyncIterable<Uint8Array>): Promise<{ object: VaultObject; digests: Digests }>;
  /** `seal` for bytes that the caller has measured on their way here. */
  sealMeasured(plaintext: AsyncIterable<Uint8Array>): Promise<VaultObject>;
  /**
   * One object of what lies in several, one after the other, measured on the way. Their plaintext goes from chunk to chunk within this
   * call and nowhere else; they stay until whoever called this removes them.
   * @throws StationError `vault.missing`; SealingError `age-*` when one of them is damaged, and then nothing is kept
   */
  join(names: readonly string[]): Promise<{ object: VaultObject; digests: Digests }>;
  /**
   * Keeps an age file as it came, sealed to this station by somebody else.
   * @throws SealingError `age-header` when it is no age file; then nothing is kept
   */
  keep(sealed: AsyncIterable<Uint8Array>): Promise<VaultObject>;
  /**
   * How many bytes of plaintext a kept object holds. Decrypts none of them.
   * @throws SealingError `age-*` when it is not a file that this station's key opens
   */
  plaintextSize(name: string): Promise<number>;
  /** The age file, for those who pass it on. Decrypts nothing. */
  sealed(name: string): AsyncIterable<Uint8Array>;
  /**
   * The plaintext. The one way to decrypt evidence: only the room access calls it (grants.ts, filing.ts, proof-opening.ts), after a
   * grant was checked and the leaf of this opening is in a signed checkpoint (law 6).
   */
  decrypt: (name: string) => AsyncIterable<Uint8Array>;
  remove(name: string): Promise<void>;
  /** Destroys the only key that opens an object, then the object. Can be done any number of times. */
  shred(name: string): Promise<void>;
  objects: ObjectStore;
}

/** An age file on its way, and its payload's digest once it has passed. */
interface Digested {
  bytes: AsyncIterable<Uint8Array>;
  digest: () => string;
}

export function openVault(objects: ObjectStore, keys: { identity: AgeIdentity; recipient: string }): Vault {
  const recipient = parseRecipient(keys.recipient);
  const store = async ({ bytes, digest }: Digested): Promise<VaultObject> => {
    const stored = await objects.write(objects.newName(), bytes);
    return {
      name: stored.name,
      size: stored.size,
      sha256: Buffer.from(stored.sha256),
      payloadSha256: Buffer.from(digest(), "hex"),
    };
  };
  const sealMeasured = (plaintext: AsyncIterable<Uint8Array>) => store(sealDigesting(plaintext, [recipient]));
  const seal = async (plaintext: AsyncIterable<Uint8Array>) => {
    const measured = measuring(plaintext);
    const object = await sealMeasured(measured.bytes);
    return { object, digests: measured.digests() };
  };
  return {
    seal,
    sealMeasured,
    join: async (names) =>
      await seal(
        (async function* () {
          for (const name of names) yield* openStream(objects.read(name), [keys.identity]);
        })(),
      ),
    keep: (sealed) => store(digestingPayload(sealed)),
    async plaintextSize(name) {
      return (await checkAddressed(objects.read(name), [keys.identity])).plaintextSize;
    },
    sealed: (name) => objects.read(name),
    decrypt: (name) => openStream(objects.read(name), [keys.identity]),
    remove: (name) => objects.remove(name),
    shred: (name) => objects.shred(name, HEADER_MOST),
    objects,
  };
}

/**
 * Makes objects known to the database, in the transaction of the report that they belong to. A statement to be executed, or a part
 * of the one that says what they are.
 */
export function recordObjects(db: QueryCreator<Tables>, objects: readonly VaultObject[], at: number) {
  return recordObjectsOf(
    db,
    objects.map((object) => ({ object, at })),
  );
}

/** `recordObjects` for objects that came at different times. */
export function recordObjectsOf(
  db: QueryCreator<Tables>,
  stored: ReadonlyArray<{ object: VaultObject; at: number }>,
) {
  return db
    .insertInto("vault_object")
    .columns(["stored_at", "name", "ciphertext_size", "ciphertext_sha256", "payload_sha256"])
    .expression(
      sql`select object.*
        from unnest(
          ${stored.map(({ at }) => new Date(at).toISOString())}::timestamptz[],
          ${stored.map(({ object }) => object.name)}::text[],
          ${stored.map(({ object }) => object.size)}::bigint[],
          ${stored.map(({ object }) => object.sha256)}::bytea[],
          ${stored.map(({ object }) => object.payloadSha256)}::bytea[]
        ) as object`,
    );
}
