/**
 * DSSE v1 "Pre-Authentication Encoding": the bytes that a signature covers. Type and body both go in with their
 * lengths, so that no two pairs of them give the same bytes.
 *
 * `PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`
 */
export function preAuthenticationEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `, "ascii"),
    type,
    Buffer.from(` ${body.length} `, "ascii"),
    body,
  ]);
}
