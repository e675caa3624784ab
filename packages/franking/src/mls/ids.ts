/**
 * Every number that MLS and its extensions take from a registry, in one place: those of draft-ietf-mls-extensions and
 * draft-ietf-mimi-protocol are suggested values that may still move, and move here only.
 */

/** MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 (RFC 9420, section 17.1). */
export const suiteName = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";
export const suiteId = 0x0001;

/** Extension type `app_data_dictionary` (draft-ietf-mls-extensions, IANA considerations). */
export const appDataDictionary = 0x0006;

/** Component ids (draft-ietf-mls-extensions; draft-ietf-mimi-protocol-06 from 0x0020 on). */
export const component = {
  appComponents: 0x0001,
  safeAad: 0x0002,
  frankAad: 0x0020,
  frankingAgent: 0x0021,
} as const;

/** CredentialType `basic` (RFC 9420, section 5.3). */
export const basicCredential = 0x0001;
