import assert from "node:assert/strict";
import type { CiphersuiteImpl, PreSharedKeyID } from "ts-mls";
import { decodeAuthenticatedContent } from "ts-mls/authenticatedContent.js";
import { determineLength } from "ts-mls/codec/variableLength.js";
import { refhash } from "ts-mls/crypto/hash.js";
import { decryptWithLabel, encryptWithLabel } from "ts-mls/crypto/hpke.js";
import { deriveSecret, deriveTreeSecret, expandWithLabel } from "ts-mls/crypto/kdf.js";
import { signWithLabel, verifyWithLabel } from "ts-mls/crypto/signature.js";
import { verifyConfirmationTag } from "ts-mls/framedContent.js";
import { encodeGroupContext } from "ts-mls/groupContext.js";
import { initializeEpoch, mlsExporter } from "ts-mls/keySchedule.js";
import { accumulatePskSecret } from "ts-mls/pskIndex.js";
import { createSecretTree, deriveKey, deriveNonce, ratchetUntil } from "ts-mls/secretTree.js";
import { expandSenderDataKey, expandSenderDataNonce } from "ts-mls/sender.js";
import { createConfirmedHash, createInterimHash } from "ts-mls/transcriptHash.js";
import { readWhole } from "../../wire.ts";
import { hex, same } from "./hex.ts";

// Keys and hashes: crypto-basics, deserialization, key-schedule, psk_secret, secret-tree, transcript-hashes.

interface CryptoBasics {
  readonly ref_hash: { label: string; value: string; out: string };
  readonly expand_with_label: { secret: string; label: string; context: string; length: number; out: string };
  readonly derive_secret: { secret: string; label: string; out: string };
  readonly derive_tree_secret: {
    secret: string;
    label: string;
    generation: number;
    length: number;
    out: string;
  };
  readonly sign_with_label: { priv: string; pub: string; content: string; label: string; signature: string };
  readonly encrypt_with_label: Record<
    "priv" | "pub" | "label" | "context" | "plaintext" | "kem_output" | "ciphertext",
    string
  >;
}

export async function cryptoBasics(one: CryptoBasics, suite: CiphersuiteImpl): Promise<void> {
  const { ref_hash: ref, expand_with_label: expand, derive_secret: derive } = one;
  same(await refhash(ref.label, hex(ref.value), suite.hash), ref.out);
  same(
    await expandWithLabel(hex(expand.secret), expand.label, hex(expand.context), expand.length, suite.kdf),
    expand.out,
  );
  same(await deriveSecret(hex(derive.secret), derive.label, suite.kdf), derive.out);
  const tree = one.derive_tree_secret;
  same(
    await deriveTreeSecret(hex(tree.secret), tree.label, tree.generation, tree.length, suite.kdf),
    tree.out,
  );
  const { priv, pub, content, label, signature } = one.sign_with_label;
  const isSigned = (by: Uint8Array) => verifyWithLabel(hex(pub), label, hex(content), by, suite.signature);
  assert.ok(await isSigned(hex(signature)));
  assert.ok(await isSigned(await signWithLabel(hex(priv), label, hex(content), suite.signature)));
  const sealed = one.encrypt_with_label;
  const key = await suite.hpke.importPrivateKey(hex(sealed.priv));
  const open = (enc: Uint8Array, ct: Uint8Array) =>
    decryptWithLabel(key, sealed.label, hex(sealed.context), enc, ct, suite.hpke);
  same(await open(hex(sealed.kem_output), hex(sealed.ciphertext)), sealed.plaintext);
  const again = await encryptWithLabel(
    await suite.hpke.importPublicKey(hex(sealed.pub)),
    sealed.label,
    hex(sealed.context),
    hex(sealed.plaintext),
    suite.hpke,
  );
  same(await open(again.enc, again.ct), sealed.plaintext);
}

export async function deserialization(one: { vlbytes_header: string; length: number }): Promise<void> {
  const header = hex(one.vlbytes_header);
  assert.deepEqual(determineLength(header), { length: one.length, lengthFieldSize: header.length });
}

interface Epoch
  extends Record<
    | "tree_hash"
    | "commit_secret"
    | "psk_secret"
    | "confirmed_transcript_hash"
    | "group_context"
    | "joiner_secret"
    | "welcome_secret"
    | "init_secret"
    | "sender_data_secret"
    | "encryption_secret"
    | "exporter_secret"
    | "epoch_authenticator"
    | "external_secret"
    | "confirmation_key"
    | "membership_key"
    | "resumption_psk"
    | "external_pub",
    string
  > {
  readonly exporter: { label: string; context: string; length: number; secret: string };
}

export async function keySchedule(
  one: { group_id: string; initial_init_secret: string; epochs: readonly Epoch[] },
  suite: CiphersuiteImpl,
): Promise<void> {
  let initSecret = hex(one.initial_init_secret);
  for (const [index, epoch] of one.epochs.entries()) {
    const context = {
      version: "mls10" as const,
      cipherSuite: suite.name,
      groupId: hex(one.group_id),
      epoch: BigInt(index),
      treeHash: hex(epoch.tree_hash),
      confirmedTranscriptHash: hex(epoch.confirmed_transcript_hash),
      extensions: [],
    };
    same(encodeGroupContext(context), epoch.group_context);
    const secrets = await initializeEpoch(
      initSecret,
      hex(epoch.commit_secret),
      context,
      hex(epoch.psk_secret),
      suite.kdf,
    );
    const { keySchedule: keys } = secrets;
    same(secrets.joinerSecret, epoch.joiner_secret);
    same(secrets.welcomeSecret, epoch.welcome_secret);
    same(secrets.encryptionSecret, epoch.encryption_secret);
    same(keys.initSecret, epoch.init_secret);
    same(keys.senderDataSecret, epoch.sender_data_secret);
    same(keys.exporterSecret, epoch.exporter_secret);
    same(keys.epochAuthenticator, epoch.epoch_authenticator);
    same(keys.externalSecret, epoch.external_secret);
    same(keys.confirmationKey, epoch.confirmation_key);
    same(keys.membershipKey, epoch.membership_key);
    same(keys.resumptionPsk, epoch.resumption_psk);
    const external = await suite.hpke.deriveKeyPair(keys.externalSecret);
    same(await suite.hpke.exportPublicKey(external.publicKey), epoch.external_pub);
    const { label, context: about, length, secret } = epoch.exporter;
    same(await mlsExporter(keys.exporterSecret, label, hex(about), length, suite), secret);
    ({ initSecret } = keys);
  }
}

export async function pskSecret(
  one: { psks: readonly { psk_id: string; psk: string; psk_nonce: string }[]; psk_secret: string },
  suite: CiphersuiteImpl,
): Promise<void> {
  const ids = one.psks.map(
    ({ psk_id, psk_nonce }): PreSharedKeyID => ({
      psktype: "external",
      pskId: hex(psk_id),
      pskNonce: hex(psk_nonce),
    }),
  );
  const findPsk = (id: PreSharedKeyID): Uint8Array | undefined => {
    const psk = one.psks[ids.indexOf(id)]?.psk;
    return psk === undefined ? undefined : hex(psk);
  };
  const [secret] = await accumulatePskSecret(ids, { findPsk }, suite, new Uint8Array(suite.kdf.size));
  same(secret, one.psk_secret);
}

interface Generation
  extends Record<"application_key" | "application_nonce" | "handshake_key" | "handshake_nonce", string> {
  readonly generation: number;
}

export async function secretTree(
  one: {
    encryption_secret: string;
    sender_data: Record<"sender_data_secret" | "ciphertext" | "key" | "nonce", string>;
    leaves: readonly (readonly Generation[])[];
  },
  suite: CiphersuiteImpl,
): Promise<void> {
  const { sender_data: sender } = one;
  const args = [suite, hex(sender.sender_data_secret), hex(sender.ciphertext)] as const;
  same(await expandSenderDataKey(...args), sender.key);
  same(await expandSenderDataNonce(...args), sender.nonce);
  const tree = await createSecretTree(one.leaves.length, hex(one.encryption_secret), suite.kdf);
  const config = {
    retainKeysForGenerations: 10,
    retainKeysForEpochs: 1,
    maximumForwardRatchetSteps: 10_000,
  };
  for (const [leaf, generations] of one.leaves.entries()) {
    const node = tree[leaf * 2];
    assert.ok(node !== undefined);
    for (const expected of generations)
      for (const kind of ["application", "handshake"] as const) {
        const [{ secret }] = await ratchetUntil(node[kind], expected.generation, config, suite.kdf);
        same(await deriveKey(secret, expected.generation, suite), expected[`${kind}_key`]);
        same(await deriveNonce(secret, expected.generation, suite), expected[`${kind}_nonce`]);
      }
  }
}

export async function transcriptHashes(
  one: Record<
    | "confirmation_key"
    | "authenticated_content"
    | "interim_transcript_hash_before"
    | "confirmed_transcript_hash_after"
    | "interim_transcript_hash_after",
    string
  >,
  suite: CiphersuiteImpl,
): Promise<void> {
  const authenticated = readWhole(decodeAuthenticatedContent, hex(one.authenticated_content));
  assert.ok(authenticated !== null);
  const { wireformat, content, auth } = authenticated;
  assert.ok(content.contentType === "commit" && auth.contentType === "commit");
  const confirmed = await createConfirmedHash(
    hex(one.interim_transcript_hash_before),
    { wireformat, content, signature: auth.signature },
    suite.hash,
  );
  same(confirmed, one.confirmed_transcript_hash_after);
  same(
    await createInterimHash(confirmed, auth.confirmationTag, suite.hash),
    one.interim_transcript_hash_after,
  );
  assert.ok(
    await verifyConfirmationTag(hex(one.confirmation_key), auth.confirmationTag, confirmed, suite.hash),
  );
}
