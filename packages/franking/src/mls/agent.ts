import { composeBufferEncoders, encode } from "ts-mls/codec/tlsEncoder.js";
import { decodeUint16, uint16Encoder } from "ts-mls/codec/number.js";
import { mapDecoders } from "ts-mls/codec/tlsDecoder.js";
import {
  decodeVarLenData,
  decodeVarLenType,
  varLenDataEncoder,
  varLenTypeEncoder,
} from "ts-mls/codec/variableLength.js";
import { FrankingError } from "../error.ts";
import type { FrankingAgent } from "./engine.ts";
import { appDataDictionary, basicCredential, component } from "./ids.ts";
import { readWhole } from "./wire.ts";

/** An extension as the library holds one that it does not know. */
export interface RawExtension {
  readonly extensionType: number;
  readonly extensionData: Uint8Array;
}

interface ComponentData {
  readonly id: number;
  readonly data: Uint8Array;
}

const componentData = composeBufferEncoders<[number, Uint8Array]>([uint16Encoder, varLenDataEncoder]);
const dictionary = varLenTypeEncoder<ComponentData>(({ id, data }) => componentData([id, data]));
const agentData = composeBufferEncoders<[Uint8Array, number, Uint8Array]>([
  varLenDataEncoder,
  uint16Encoder,
  varLenDataEncoder,
]);
const componentsList = encode(varLenTypeEncoder(uint16Encoder));

const decodeDictionary = decodeVarLenType(
  mapDecoders<[number, Uint8Array], ComponentData>([decodeUint16, decodeVarLenData], (id, data) => ({
    id,
    data,
  })),
);
const decodeAgentData = mapDecoders<
  [Uint8Array, number, Uint8Array],
  { publicKey: Uint8Array; type: number; identity: Uint8Array }
>([decodeVarLenData, decodeUint16, decodeVarLenData], (publicKey, type, identity) => ({
  publicKey,
  type,
  identity,
}));
const decodeComponentsList = decodeVarLenType(decodeUint16);

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * What a group's context says of franking: that every message carries a SafeAAD with the franking tag, and who franks
 * (draft-ietf-mls-extensions, section "Negotiating Extensions and Components"; draft-ietf-mimi-protocol-06, FrankingAgentData).
 *
 * @throws FrankingError `mls.agent` if the key has not 32 bytes or the domain is no DNS name
 */
export function groupExtensions(agent: FrankingAgent): RawExtension[] {
  if (agent.publicKey.length !== 32 || !isDomain(agent.domain))
    throw new FrankingError("mls.agent", "a franking agent is an Ed25519 key of 32 bytes and a DNS name");
  return [
    extension([
      // "When present in the GroupContext, the semantic is the list of required Safe AAD components" (safe_aad)
      { id: component.safeAad, data: componentsList([component.frankAad]) },
      {
        id: component.frankingAgent,
        data: encode(agentData)([agent.publicKey, basicCredential, new TextEncoder().encode(agent.domain)]),
      },
    ]),
  ];
}

/** What a device says of itself in its leaf: which components it understands, and which of them it reads in SafeAAD. */
export function leafExtensions(): RawExtension[] {
  return [
    extension([
      {
        id: component.appComponents,
        data: componentsList([component.safeAad, component.frankAad, component.frankingAgent]),
      },
      { id: component.safeAad, data: componentsList([component.frankAad]) },
    ]),
  ];
}

/**
 * The franking agent that a group context names; null if it names none, or not in exactly the form of `groupExtensions`: then
 * the group is not one of ours.
 */
export function agentOf(
  extensions: readonly { readonly extensionType: number | string; readonly extensionData: Uint8Array }[],
): FrankingAgent | null {
  const [only, ...more] = extensions;
  if (only?.extensionType !== appDataDictionary || more.length > 0) return null;
  const [aad, agent, ...others] = readWhole(decodeDictionary, only.extensionData) ?? [];
  if (aad?.id !== component.safeAad || agent?.id !== component.frankingAgent || others.length > 0)
    return null;
  const required = readWhole(decodeComponentsList, aad.data);
  if (required?.length !== 1 || required[0] !== component.frankAad) return null;
  const data = readWhole(decodeAgentData, agent.data);
  if (data === null || data.publicKey.length !== 32 || data.type !== basicCredential) return null;
  const domain = text(data.identity);
  return domain !== null && isDomain(domain) ? { publicKey: data.publicKey.slice(), domain } : null;
}

/** "The entries in the component_data MUST be sorted by component_id, and there MUST be at most one entry for each" */
function extension(entries: readonly ComponentData[]): RawExtension {
  return {
    extensionType: appDataDictionary,
    extensionData: encode(dictionary)(entries.toSorted((a, b) => a.id - b.id)),
  };
}

function text(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** A DNS name (RFC 1123, section 2.1), lower case, perhaps with a port: a station on one's own machine has one. */
function isDomain(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(name);
}
