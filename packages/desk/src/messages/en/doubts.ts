/** Times and addresses that may not be what they say. */
export const doubts = {
  "doubts.title": "Times and addresses in doubt",
  "doubts.hint": "Nothing is repaired: ask before anybody acts on them.",
  "doubts.holds": "Holds {attribute} down.",
  "doubts.named": "Worth a look.",
  "doubts.stated": "Stated:",
  "doubts.could-be": "Could be: {others}",
  "doubts.ask": "Ask {whom} for {what}.",
} as const;
