import { digestOfFiles, parseVerifyingKey, verifyReportReceipt } from "@fairlead/sealing";
import type { Place } from "./place.ts";
import type { SentFile } from "./sending.ts";

/**
 * Holds a station's report receipt against what was sent, with nothing but the station's card.
 * @param reference what the sender calls the report, where it chose that itself
 * @throws SealingError, or Error saying what the receipt does not prove
 */
export function verifyReceiptOf(
  { card }: Place,
  envelope: unknown,
  reference: string | undefined,
  files: readonly SentFile[],
): void {
  const keys = [parseVerifyingKey(card.verifyKey)];
  const { receipt } = verifyReportReceipt(envelope, [{ station: card.id, keys }]);
  if (reference !== undefined && receipt.reference !== reference)
    throw new Error(`the receipt is for ${receipt.reference}`);
  if (receipt.filesSha256 !== digestOfFiles(files.map(({ sha256 }) => sha256)))
    throw new Error("the receipt is for other files");
}

/** Asks a door for the receipt again, as a sender does who has lost it. */
export async function fetchReceipt(place: Place, reference: string): Promise<unknown> {
  const response = await fetch(`${place.base}/door/receipts/${encodeURIComponent(reference)}`, {
    headers: { authorization: place.authorization },
  });
  if (!response.ok) throw new Error(`no receipt for ${reference}: ${response.status}`);
  return await response.json();
}
