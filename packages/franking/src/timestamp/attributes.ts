/** Signed attributes of a timestamp token, by OID: RFC 5652, section 11, and RFC 5035, section 3. */
export const CONTENT_TYPE = "1.2.840.113549.1.9.3";
export const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
export const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
