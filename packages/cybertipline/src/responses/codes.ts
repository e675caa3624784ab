/**
 * Response codes as NCMEC lists them (technical documentation, appendix D). The list calls itself non-exhaustive, so a
 * code is an integer everywhere and this table only explains the ones that are known.
 */

/** What a client does about a family of codes. */
export type ResponseAdvice =
  /** It worked. */
  | "success"
  /** The server's fault: try again later. */
  | "retry"
  /** Credentials or permissions: stop and tell a person. */
  | "credentials"
  /** Our document is wrong: never send it again unchanged. */
  | "rejected"
  /** A statement about the state of the report: decide by it, do not repeat the call. */
  | "state"
  /** Not in any known family: stop and tell a person. */
  | "unknown";

export interface ResponseCode {
  readonly code: number;
  readonly text: string;
  readonly advice: ResponseAdvice;
}

export const RESPONSE_CODES = {
  success: { code: 0, text: "Success", advice: "success" },
  serverError: { code: 1000, text: "Server error", advice: "retry" },
  saveFailed: { code: 1100, text: "Save failed", advice: "retry" },
  uploadFailed: { code: 1110, text: "Upload failed", advice: "retry" },
  fileUploadFailed: { code: 1111, text: "File upload failed", advice: "retry" },
  resourceNotFound: { code: 1210, text: "Resource not found", advice: "retry" },
  updateFailed: { code: 1300, text: "Update failed", advice: "retry" },
  authenticationRequired: { code: 2000, text: "Authentication required", advice: "credentials" },
  notAuthorised: {
    code: 3000,
    text: "User is not authorized to perform this action",
    advice: "credentials",
  },
  mayNotSubmit: {
    code: 3100,
    text: "User does not have authorization to make submissions",
    advice: "credentials",
  },
  mayNotUpdate: {
    code: 3300,
    text: "User does not have authorization to make updates",
    advice: "credentials",
  },
  invalidRequest: { code: 4000, text: "Invalid request", advice: "rejected" },
  validationFailed: { code: 4100, text: "Validation failed", advice: "rejected" },
  malformedXml: { code: 4110, text: "Malformed XML submittal", advice: "rejected" },
  malformedFile: { code: 4200, text: "Malformed file submittal", advice: "rejected" },
  reportDoesNotExist: { code: 5001, text: "Report does not exist", advice: "state" },
  fileDoesNotExist: { code: 5002, text: "File does not exist", advice: "state" },
  alreadyRetracted: { code: 5101, text: "Report already retracted", advice: "state" },
  alreadyFinished: { code: 5102, text: "Report already finished", advice: "state" },
} as const satisfies Record<string, ResponseCode>;

export type ResponseCodeName = keyof typeof RESPONSE_CODES;

const BY_CODE: ReadonlyMap<number, ResponseCode> = new Map(
  Object.values(RESPONSE_CODES).map((entry) => [entry.code, entry]),
);

/** Advice by thousands, for codes that a server may add one day. */
const ADVICE_BY_FAMILY: ReadonlyMap<number, ResponseAdvice> = new Map([
  [1, "retry"],
  [2, "credentials"],
  [3, "credentials"],
  [4, "rejected"],
  [5, "state"],
]);

/** The table's entry for a code, or undefined if the table does not know it. */
export function knownResponseCode(code: number): ResponseCode | undefined {
  return BY_CODE.get(code);
}

/** What to do about a code, known or not: an unknown code gets the advice of its family. */
export function responseAdvice(code: number): ResponseAdvice {
  return BY_CODE.get(code)?.advice ?? ADVICE_BY_FAMILY.get(Math.floor(code / 1000)) ?? "unknown";
}
