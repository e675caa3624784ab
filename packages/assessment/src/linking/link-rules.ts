/** The numbers and lists behind linking; part of the rule set, so that a link can be explained by its version. */
export interface LinkRules {
  /**
   * A value with more holders than this joins nobody: it is shared, not owned (agency.md 6.4). Holders are counted as
   * `LinkingKey.holder` says, so that one account reported 500 times is one holder.
   */
  dfCap: number;
  /** Unverified handles and device numbers suggest a link up to this many holders, and little beyond. */
  smallDf: number;
  /** A user name is rare up to this many holders. */
  rareNameDf: number;
  /** A file is novel up to this many holders, within this many days. */
  novelFileDf: number;
  novelFileDays: number;
  /** Addresses change hands: further apart than this, one address says little, and beyond a week nothing. */
  addressHours: number;
  addressDays: number;
  /** A component with more members than this is frozen until a person has looked at it. */
  maxComponent: number;
  /** The most bits that rarity can say for a value: beyond one in a million it says less than how well the value was noted. */
  maxBits: number;
  /** Mail domains whose boxes are thrown away or shared. Stations extend the list. */
  disposableDomains: readonly string[];
}

export const defaultLinkRules: LinkRules = {
  dfCap: 25,
  smallDf: 5,
  rareNameDf: 3,
  novelFileDf: 5,
  novelFileDays: 30,
  addressHours: 24,
  addressDays: 7,
  maxComponent: 200,
  maxBits: 20,
  disposableDomains: [
    "10minutemail.com",
    "dispostable.com",
    "getnada.com",
    "guerrillamail.com",
    "mailinator.com",
    "maildrop.cc",
    "sharklasers.com",
    "temp-mail.org",
    "tempmail.com",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
  ],
};
