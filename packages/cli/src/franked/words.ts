import type { Finding } from "./check.ts";

/** What a person reads about a franked report outside of a desk: at a prompt and on the first page of a package. */
export const words = {
  proven: "PROVEN",
  notProven: "NOT PROVEN",
  folderCard:
    "The provider's keys were taken from a card that lies in this folder. Whoever made the folder could have made the card as well. Get the provider's card from the provider itself and name it with --provider.",
  pinnedCard: "The provider's keys are those of the card that was named.",
  attestedBy: "Attested by {provider} ({domain}) on {at}, verifier {version}, build {build}",
  signedBy: "signed with the key {keys}",
  isAttested: "is the one that was attested",
  stepsTitle: "Steps, repeated here",
  messageLine: "message {seq} from {sender}: {verdict}",
  hold: "{steps} hold (V5 as the provider attests it: nobody else can repeat that one)",
  provenTitle: "What is proven",
  notProvenTitle: "What is not proven",
  withheldTitle: "What was kept back",
  limitsTitle: "Where such a proof ends",
  findingsTitle: "What was found wrong or missing",
  nothing: "none",
  noneHere: "There is no attestation in {dir}.",
  noneHereRemedy:
    "Put the report bundle, the provider's records and the attestation into one folder, under any names; `fairlead package open` does so.",
  result: { passed: "holds", failed: "DOES NOT HOLD", "not-checked": "not checked" },
} as const;

const findingWords: { [Code in Finding["code"]]: string } = {
  "no-card": "No card of the provider {domain} is known, so its signature cannot be checked.",
  signature:
    "The attestation was not signed by {domain} with a key of its card: it was altered or forged, or the card is an older one.",
  "other-domain": "The attestation speaks for conversations of another provider than {domain}.",
  "attestation-malformed": "The attestation is not in the form of one.",
  "bundle-missing":
    "The report bundle that was attested (SHA-256 {sha256}) is not in the folder, or not as it was.",
  "records-missing":
    "The provider's records that were attested (SHA-256 {sha256}) are not in the folder, or not as they were.",
  "records-malformed": "The provider's records cannot be read.",
  differs: "Repeating the steps gave another result at {where}: attested “{attested}”, found “{found}”.",
  "not-verified": "At least one message that was picked is not verified.",
  "attachment-missing":
    "A file that message {seq} carried and that the verifier opened (SHA-256 {sha256}) is not in the folder, so it was not checked here.",
};

/** A finding as a sentence. */
export function findingText({ code, ...values }: Finding): string {
  return say(findingWords[code], values);
}

/** Fills `{name}` in; what comes from a report is never read as words of ours. */
export function say(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
