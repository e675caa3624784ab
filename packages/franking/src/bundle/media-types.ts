/** The signed report as its maker's device made it (`encodeSignedBundle`). */
export const BUNDLE_FILE = "report-bundle.cbor";
export const BUNDLE_MEDIA_TYPE = "application/vnd.fairlead.report-bundle+cbor";

/** What the provider holds about the messages in it (`encodeRecords`). */
export const RECORDS_FILE = "provider-records.cbor";
export const RECORDS_MEDIA_TYPE = "application/vnd.fairlead.provider-records+cbor";
