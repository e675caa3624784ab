import type { Frank, FrankExt, SignedHead } from "@fairlead/franking";
import { toText } from "./bytes.ts";

/** Wire forms of what franking makes, as the contract has them. */

export function frankView({ serverFrank, suite, signature }: Frank) {
  return { serverFrank: toText(serverFrank), suite, signature: toText(signature) };
}

export function extView({ version, roomSeq, prevHead, recHash, hubKid }: FrankExt) {
  return {
    version,
    roomSeq: Number(roomSeq),
    prevHead: toText(prevHead),
    recHash: toText(recHash),
    hubKid,
  };
}

export function headView({ roomUri, roomSeq, head, at, signature }: SignedHead) {
  return {
    roomUri,
    roomSeq: Number(roomSeq),
    head: toText(head),
    at: Number(at),
    signature: toText(signature),
  };
}
