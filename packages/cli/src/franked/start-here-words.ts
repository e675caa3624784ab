/** The first page of an opened package. */
export const startHereWords = {
  title: "Start here",
  about:
    "This folder holds what was in package {packageId}, which {from} sealed for {to} on {createdAt}. Its seal was good and every file came out as it was sealed.",
  purpose: "It was sent for this reason: {purpose}",
  care: "The files may hold distressing material. Opening this folder was a decision to open evidence: who looks at it, when and why is for you to record.",

  proofTitle: "Proof of origin",
  noProof:
    "Nothing in this package came with a proof of origin from an encrypted chat. What its reports say is their sender's word.",
  unknown:
    "A report here came with a proof of origin that cannot be checked with the providers that this station knows.",
  doesNotHold: "The proof of origin that came with a report here does not hold. Do not rely on it.",
  attestedBy:
    "Attested by {provider} ({domain}) on {at}, about the report that it knows as {report}. The attestation's signature is good under the provider's card that this station has pinned.",
  repeated:
    "When the package was opened, every step of the proof was repeated on this computer with the files below and gave the same result. Only the provider's own mark could not be made again: it rests on a secret key of the provider.",
  repeatedOtherwise:
    "When the package was opened, the steps of the proof were repeated on this computer. What follows was found.",
  findingsTitle: "What was found wrong or missing",
  provenTitle: "What is proven",
  notProvenTitle: "What is not proven",
  withheldTitle: "What was kept back",

  reportsTitle: "Reports",
  filesTitle: "Files",
  files:
    "Each with the SHA-256 that its sender signed for. To compare one: sha256sum FILE. The message bundle holds the conversation; Fairlead's desk shows it as a list.",
  column: {
    file: "File in this folder",
    name: "Called",
    type: "Kind",
    size: "Bytes",
    sha256: "SHA-256",
    sender: "From",
    platform: "About",
    numbers: "Numbers",
  },
  notStated: "not stated",

  againTitle: "Check it again yourself",
  againPackage:
    "Who sealed the package and whether it is whole, from the package file (card.json is the sender's card):",
  verifyPackage: "fairlead package verify PACKAGE --card card.json",
  againProof:
    "Every step of the proof, without a network, in this folder. Take the provider's card from the provider itself; the one in this folder is the one that the opening station had pinned:",
  verifyProof: "fairlead franking verify . --provider provider-card.json",
  againDeclaration:
    "A declaration for court, in Markdown and as a page, to be completed by the provider's custodian:",
  declare: "fairlead franking declaration . --provider provider-card.json",
} as const;
