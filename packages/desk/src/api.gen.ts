// Made by scripts/api-types.ts from openapi.json. Do not edit: run `npm run api -w packages/desk`.

export type WaitingAccountsInput = {
  waiting: number;
  accounts: {
    account: string;
    /** UTC, ISO 8601 */
    since: string;
    /** a rule asks for a person's look, or the owner does */
    why: ("signal" | "appeal")[];
    standing: ("friction" | "notice" | "review" | "hide")[];
  }[];
};

export type AccountPageInput = {
  account: string;
  name: string;
  /** by the year of birth that the owner gave */
  band: "under-13" | "13-15" | "16-17" | "adult" | "unknown";
  /** UTC, ISO 8601 */
  openedAt: string;
  /** a rule asks for a person's look, or the owner does */
  why: ("signal" | "appeal")[];
  standing: {
    action: "friction" | "notice" | "review" | "hide";
    /** UTC, ISO 8601 */
    began: string;
    /** UTC, ISO 8601 */
    until: string;
    signals: {
      rule: "many-declined" | "asks-and-blocked" | "came-back" | "declined-and-reported" | "reported-twice" | "reported-and-blocked";
      /** UTC, ISO 8601 */
      from: string;
      /** UTC, ISO 8601 */
      until: string;
      met: {
        measure: "strangers" | "declined-share" | "blockers" | "reporters" | "returns" | "days-old" | "known-share" | "accepted";
        value: number;
        atLeast?: number;
        atMost?: number;
      }[];
      counter: {
        what: "mostly-known" | "mostly-accepted" | "long-standing" | "blocks-taken-back";
        value: number;
      }[];
      lookAlikes: ("coach" | "teacher" | "family" | "community" | "shop" | "charity" | "newcomer" | "quarrel" | "advertiser" | "shared-device")[];
      why: string;
      /** how often such a signal is right where one account in so many offends; measured on made-up ones */
      right: {
        share: number;
        low: number;
        atOneIn: number;
      };
      reviewBy: string;
    }[];
  }[];
  appeal?: {
    /** UTC, ISO 8601 */
    at: string;
    words: string;
  };
  history: ({
    what: "began" | "ended" | "lifted" | "decided";
    /** UTC, ISO 8601 */
    at: string;
    action: "friction" | "notice" | "review" | "hide";
    /** UTC, ISO 8601 */
    until?: string;
  } | {
    what: "appealed";
    /** UTC, ISO 8601 */
    at: string;
    words: string;
  } | {
    what: "keep" | "lift" | "longer";
    /** UTC, ISO 8601 */
    at: string;
    by: string;
    reason: string;
    /** UTC, ISO 8601 */
    until?: string;
  })[];
};

export type BankListInput = {
  banks: {
    id: string;
    name: string;
    /** whose claims its entries are */
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    /** how its perceptual hashes are made, where an entry does not say */
    semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    matches: "on" | "in-part" | "off";
    /** entries that stand */
    live: number;
    /** entries that their source took back */
    gone: number;
    /** when an entry last changed; absent: it never had one */
    changedAt?: string;
    /** absent: it is fetched from nowhere */
    exchange?: {
      kind: "ncmec" | "stopncii" | "directory";
      /** the configuration still names it */
      runs: boolean;
      /** when something last came; absent: never */
      fetchedAt?: string;
      /** when it last had everything that the source had */
      caughtUpAt?: string;
      /** the last fetch failed */
      failing?: {
        /** UTC, ISO 8601 */
        since: string;
        trouble: "unreachable" | "answer-invalid" | "blocked" | "fault";
        words: string;
        attempts: number;
      };
      /** UTC, ISO 8601 */
      nextAt?: string;
    };
  }[];
  next?: string;
};

export type BankViewInput = {
  id: string;
  name: string;
  /** whose claims its entries are */
  source: string;
  /** what this station takes the source's claims for */
  trust: "vetted-graded" | "vetted" | "unvetted";
  /** how its perceptual hashes are made, where an entry does not say */
  semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
  matches: "on" | "in-part" | "off";
  /** entries that stand */
  live: number;
  /** entries that their source took back */
  gone: number;
  /** when an entry last changed; absent: it never had one */
  changedAt?: string;
  /** absent: it is fetched from nowhere */
  exchange?: {
    kind: "ncmec" | "stopncii" | "directory";
    /** the configuration still names it */
    runs: boolean;
    /** when something last came; absent: never */
    fetchedAt?: string;
    /** when it last had everything that the source had */
    caughtUpAt?: string;
    /** the last fetch failed */
    failing?: {
      /** UTC, ISO 8601 */
      since: string;
      trouble: "unreachable" | "answer-invalid" | "blocked" | "fault";
      words: string;
      attempts: number;
    };
    /** UTC, ISO 8601 */
    nextAt?: string;
  };
  settings: {
    name: string;
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    enabled: boolean;
    /** entries with at least one of these match; null: all */
    categories: string[] | null;
    /** entries with at least one of these match; null: all */
    tags: string[] | null;
    /** entries with at least one of these match; null: all */
    members: string[] | null;
    /** the most bits in which a perceptual hash may differ */
    threshold: number;
    /** the least quality of a perceptual hash, where it is known */
    quality: number;
    semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
  };
  /** which change of the settings this is; a change names it */
  seen: string;
  /** accounts of others that may fill it */
  curators: string[];
  /** accounts that get it whole */
  sharedWith: string[];
  /** why its source can be told nothing about an entry; absent: it can */
  notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
  /** of its settings, the newest first */
  changes: {
    seq: string;
    /** UTC, ISO 8601 */
    at: string;
    /** a person's name, or an account's; absent: this station itself */
    by?: string;
    way: "person" | "sender" | "exchange" | "operator";
    reason?: string;
    /** empty: the bank was made */
    changed: ("name" | "source" | "trust" | "enabled" | "categories" | "tags" | "members" | "threshold" | "quality" | "semantics")[];
    was?: {
      name: string;
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      enabled: boolean;
      /** entries with at least one of these match; null: all */
      categories: string[] | null;
      /** entries with at least one of these match; null: all */
      tags: string[] | null;
      /** entries with at least one of these match; null: all */
      members: string[] | null;
      /** the most bits in which a perceptual hash may differ */
      threshold: number;
      /** the least quality of a perceptual hash, where it is known */
      quality: number;
      semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    };
    is: {
      name: string;
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      enabled: boolean;
      /** entries with at least one of these match; null: all */
      categories: string[] | null;
      /** entries with at least one of these match; null: all */
      tags: string[] | null;
      /** entries with at least one of these match; null: all */
      members: string[] | null;
      /** the most bits in which a perceptual hash may differ */
      threshold: number;
      /** the least quality of a perceptual hash, where it is known */
      quality: number;
      semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    };
  }[];
  next?: string;
};

export type BankPartsInput = {
  /** by their value */
  parts: {
    value: string;
    /** what the source calls a member */
    name?: string;
    /** entries of it */
    live: number;
  }[];
  next?: string;
};

export type BankLookupInput = {
  value: string;
  /** what a hash of this length can be */
  kinds: ("md5" | "sha1" | "sha256" | "pdq")[];
  entries: {
    id: string;
    /** the source's own name for it */
    key: string;
    bank: string;
    bankName: string;
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    /** whether a file with one of its hashes would match now, and why not */
    matches: "yes" | "taken-back" | "bank-off" | "part-off";
    /** UTC, ISO 8601 */
    changedAt: string;
    /** the source's word, and no fact */
    claims: {
      member?: {
        id: string;
        name?: string;
      };
      media?: "image" | "video";
      /** in the source's own scale */
      classification?: string;
      categories: string[];
      tags: string[];
      /** what the source also gave and this station cannot use */
      unread: string[];
      /** UTC, ISO 8601 */
      saidAt?: string;
    };
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry has this hash now; otherwise it had it once */
    stands: boolean;
  }[];
  next?: string;
};

export type BankEntryInput = {
  id: string;
  /** the source's own name for it */
  key: string;
  bank: string;
  bankName: string;
  source: string;
  /** what this station takes the source's claims for */
  trust: "vetted-graded" | "vetted" | "unvetted";
  /** whether a file with one of its hashes would match now, and why not */
  matches: "yes" | "taken-back" | "bank-off" | "part-off";
  /** UTC, ISO 8601 */
  changedAt: string;
  /** the source's word, and no fact */
  claims: {
    member?: {
      id: string;
      name?: string;
    };
    media?: "image" | "video";
    /** in the source's own scale */
    classification?: string;
    categories: string[];
    tags: string[];
    /** what the source also gave and this station cannot use */
    unread: string[];
    /** UTC, ISO 8601 */
    saidAt?: string;
  };
  signals: {
    kind: "md5" | "sha1" | "sha256" | "pdq";
    value: string;
    semantics?: "pdq/full" | "pdq/nn512" | "unlabelled";
    quality?: number;
    stands: boolean;
    /** its quality is good enough to match, or is not known */
    good: boolean;
  }[];
  /** the newest first */
  changes: {
    seq: string;
    what: "added" | "changed" | "removed" | "restored";
    /** UTC, ISO 8601 */
    at: string;
    by?: string;
    way: "person" | "sender" | "exchange" | "operator";
    /** as the source said from then on */
    claims: {
      member?: {
        id: string;
        name?: string;
      };
      media?: "image" | "video";
      /** in the source's own scale */
      classification?: string;
      categories: string[];
      tags: string[];
      /** what the source also gave and this station cannot use */
      unread: string[];
      /** UTC, ISO 8601 */
      saidAt?: string;
    };
    hashes: number;
  }[];
  next?: string;
};

export type BankFeedbackInput = {
  /** absent: there is nobody to tell */
  protocol?: "ncmec" | "stopncii";
  /** each kind of hash that it has */
  tells: {
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** why its source can be told nothing about such a hash; absent: it can */
    notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
  }[];
  /** the newest first */
  said: {
    id: string;
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry is right, or wrong */
    opinion: "affirmative" | "negative";
    /** in the source's words */
    reasons: string[];
    /** why, for this station alone: it is never sent */
    note: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
    delivery: {
      /** failing: it is tried again by itself; replaced: somebody said something else before it had arrived */
      state: "waiting" | "failing" | "refused" | "delivered" | "elsewhere" | "replaced";
      /** when the source had taken it */
      at?: string;
      /** what stands in its way */
      words?: string;
      /** that failed */
      attempts: number;
      /** UTC, ISO 8601 */
      nextAt?: string;
    };
  }[];
  /** what those say with whom this station shares the bank */
  others: {
    account: string;
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry is right, or wrong */
    opinion: "affirmative" | "negative";
    reasons: string[];
    /** UTC, ISO 8601 */
    at: string;
  }[];
};

export type ReviewStateInput = {
  waiting: number;
  /** what this person has in hand */
  item?: {
    sha256: string;
    size: number;
    /** by its first bytes */
    mediaType?: string;
    /** UTC, ISO 8601 */
    firstAt: string;
    /** UTC, ISO 8601 */
    leasedUntil: string;
    /** when this person first saw it; from then on it is theirs alone */
    shownAt?: string;
    /** its bytes are here */
    present: boolean;
    matches: {
      bank: string;
      bankName: string;
      /** whose claim it is */
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      /** the source's own name of the item */
      entry: string;
      /** the same digest, or a picture that looks alike */
      match: "exact" | "perceptual";
      kind: "md5" | "sha1" | "sha256" | "pdq";
      /** the hash in the bank that matched, in hexadecimal */
      value: string;
      /** in bits; 0 of an exact match */
      distance: number;
      /** how the perceptual hash that was asked for was made */
      semantics?: string;
      /** `plain`, `frames` of a video, or how the picture was changed to find this */
      probe: string;
      /** how many frames of the posted video look like this item: an inference */
      frames?: {
        alike: number;
        /** frames of the posted video that say something, one a second at most */
        of: number;
        /** where in the video, the first twenty */
        seconds: number[];
      };
      /** in the source's own scale */
      classification?: string;
      tags: string[];
      /** what this station's policy makes of it */
      action: "nothing" | "review" | "report";
    }[];
    posted: {
      posts: number;
      accounts: number;
      /** left out where nobody says */
      isPublic?: boolean;
      /** as the platform stated it */
      first?: string;
      where?: string;
      name?: string;
    };
    /** files that wait too and look like this one */
    near: {
      sha256: string;
      distance: number;
      size: number;
      mediaType?: string;
    }[];
  };
  /** seen by somebody else and not decided: nobody gets them until a lead hands them on */
  seen: {
    sha256: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
  }[];
  pause: {
    /** without a pause so far */
    workedMinutes: number;
    /** without a veil today */
    seenMinutes: number;
    mostMinutesADay: number;
    /** UTC, ISO 8601 */
    pauseUntil?: string;
    why?: "break" | "day";
  };
  /** reports of known files that wait for somebody to file them, without anybody opening them */
  known: {
    report: string;
    number: string;
    /** UTC, ISO 8601 */
    at: string;
    files: number;
  }[];
  /** name of the peer with which a decision files */
  fileWith?: string;
};

export type DecidedListInput = {
  /** what this person decided about, the newest first */
  files: {
    sha256: string;
    decision: "report" | "leave";
    grade?: "A1" | "A2" | "B1" | "B2";
    viewedInFull: boolean;
    /** UTC, ISO 8601 */
    at: string;
    matches: {
      found: {
        bank: string;
        bankName: string;
        /** whose claim it is */
        source: string;
        /** what this station takes the source's claims for */
        trust: "vetted-graded" | "vetted" | "unvetted";
        /** the source's own name of the item */
        entry: string;
        /** the same digest, or a picture that looks alike */
        match: "exact" | "perceptual";
        kind: "md5" | "sha1" | "sha256" | "pdq";
        /** the hash in the bank that matched, in hexadecimal */
        value: string;
        /** in bits; 0 of an exact match */
        distance: number;
        /** how the perceptual hash that was asked for was made */
        semantics?: string;
        /** `plain`, `frames` of a video, or how the picture was changed to find this */
        probe: string;
        /** how many frames of the posted video look like this item: an inference */
        frames?: {
          alike: number;
          /** frames of the posted video that say something, one a second at most */
          of: number;
          /** where in the video, the first twenty */
          seconds: number[];
        };
        /** in the source's own scale */
        classification?: string;
        tags: string[];
        /** what this station's policy makes of it */
        action: "nothing" | "review" | "report";
      };
      /** absent: the bank has no such item */
      feedback?: {
        entry: string;
        protocol?: "ncmec" | "stopncii";
        /** why its source can be told nothing about such a hash; absent: it can */
        notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
        said?: {
          id: string;
          kind: "md5" | "sha1" | "sha256" | "pdq";
          /** the entry is right, or wrong */
          opinion: "affirmative" | "negative";
          /** in the source's words */
          reasons: string[];
          /** why, for this station alone: it is never sent */
          note: string;
          by: string;
          /** UTC, ISO 8601 */
          at: string;
          delivery: {
            /** failing: it is tried again by itself; replaced: somebody said something else before it had arrived */
            state: "waiting" | "failing" | "refused" | "delivered" | "elsewhere" | "replaced";
            /** when the source had taken it */
            at?: string;
            /** what stands in its way */
            words?: string;
            /** that failed */
            attempts: number;
            /** UTC, ISO 8601 */
            nextAt?: string;
          };
        };
      };
    }[];
  }[];
  next?: string;
};

export type MediaPoliciesInput = {
  banks: {
    bank: string;
    bankName: string;
    source: string;
    trust: "vetted-graded" | "vetted" | "unvetted";
    exact: "nothing" | "review" | "report";
    perceptual: "nothing" | "review";
    decidedBy?: string;
    /** UTC, ISO 8601 */
    decidedAt?: string;
  }[];
};

export type ReportViewInput = {
  entry: {
    id: string;
    number: string;
    /** UTC, ISO 8601 */
    receivedAt: string;
    sender: string;
    platform?: string;
    incident: "abuse-material" | "trafficking" | "travel" | "contact-abuse" | "misleading-domain" | "misleading-words" | "enticement" | "obscene-to-child";
    occurred: {
      raw: string;
      /** UTC, ISO 8601 */
      at?: string;
      zone: string;
    };
    status: "new" | "referred" | "closed";
    /** the number of the certificate by which it was, or is being, erased */
    erased?: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    tierText?: string;
    /** the first reason for the tier */
    why?: string;
    level?: "L0" | "L1" | "L2" | "L3" | "L4";
    levelText?: string;
    clock?: {
      /** UTC, ISO 8601 */
      endsAt: string;
      what: string;
    };
    evidence: number;
    samePerson: number;
    /** how often it arrived, with what was added to it: one thing to work on; absent for once */
    arrivals?: number;
    suggestedAgency?: string;
    /** countries that are not this station's own, by the firmest place that is known */
    abroad?: string[];
    outcomes: string[];
    delivery: "none" | "waiting" | "delivered" | "failed";
    /** who goes first: it never changes how urgent a report is */
    lane?: "standard" | "safeguarding-first";
    /** it has an item that many others hold: it says nothing of who is behind this report */
    campaign?: {
      id: string;
      holders: number;
    };
    child?: {
      state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
      /** by when an authority must have been told */
      dueAt: string;
    };
    /** another station has an interest in the same person, and nobody has released it; by when somebody must */
    conflict?: {
      /** UTC, ISO 8601 */
      dueAt: string;
    };
    /** what its sender used to fill and left empty: it changes neither urgency nor place */
    leftEmpty?: {
      field: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference";
      sender: string;
      /** when the sender began to leave it empty */
      since: string;
      /** on and over: it stands in the lane of format bursts, unless a later report fills it */
      state: "on" | "over" | "accepted" | "seen-to";
      /** a later report of the sender's that fills it */
      filledBy?: string;
    }[];
  };
  door: string;
  handedBy: string;
  report: {
    version: 1;
    sender: {
      kind: "platform" | "hotline" | "public" | "peer";
      id: string;
      name: string;
    };
    references: {
      kind: "this-report" | "prior-report" | "case";
      issuer: string;
      value: string;
      person?: string;
    }[];
    incident: {
      type: "abuse-material" | "trafficking" | "travel" | "contact-abuse" | "misleading-domain" | "misleading-words" | "enticement" | "obscene-to-child";
      occurred: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      occurredMeaning?: string;
      platform?: string;
      channel?: {
        kind: "web-page";
        urls: string[];
        thirdPartyHosted?: boolean;
      } | {
        kind: "email";
        addresses: string[];
      } | {
        kind: "newsgroup";
        name?: string;
        addresses: string[];
      } | {
        kind: "chat";
        client?: string;
        room?: string;
      } | {
        kind: "game";
        game?: string;
        console?: string;
      } | {
        kind: "mobile";
        phone?: string;
        latitude?: number;
        longitude?: number;
      } | {
        kind: "offline";
        location?: string;
        places: {
          basis: "resolved" | "declared" | "estimated" | "ip-country";
          addressKind: "installation" | "billing" | "home" | "business" | "shipping" | "technical" | "unknown";
          street?: string;
          city?: string;
          region?: string;
          postcode?: string;
          country?: string;
          verified: "yes" | "no" | "unknown";
          moment?: {
            raw: string;
            at?: string;
            zone: "stated" | "sender-default" | "assumed" | "none";
            offset?: string;
          };
        }[];
      } | {
        kind: "peer-to-peer";
        client?: string;
        fileNames?: string;
        events: {
          kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
          moment?: {
            raw: string;
            at?: string;
            zone: "stated" | "sender-default" | "assumed" | "none";
            offset?: string;
          };
          ip?: {
            raw: string;
            address?: string;
          };
          port?: number;
          possibleProxy?: boolean;
          device?: {
            kind: string;
            value: string;
          };
        }[];
      };
    };
    persons: {
      key: string;
      role: "suspect" | "recipient" | "victim" | "reporter" | "contact" | "associated";
      firstName?: string;
      middleName?: string;
      lastName?: string;
      ageYears?: number;
      dateOfBirth?: string;
      identifiers: {
        kind: "account" | "screen-name" | "display-name" | "profile-url" | "phone" | "email" | "device" | "payment" | "group";
        value: string;
        raw: string;
        normalised: boolean;
        platform?: string;
        verified: "yes" | "no" | "unknown";
        verifiedAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        label?: string;
      }[];
      events: {
        kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        ip?: {
          raw: string;
          address?: string;
        };
        port?: number;
        possibleProxy?: boolean;
        device?: {
          kind: string;
          value: string;
        };
      }[];
      places: {
        basis: "resolved" | "declared" | "estimated" | "ip-country";
        addressKind: "installation" | "billing" | "home" | "business" | "shipping" | "technical" | "unknown";
        street?: string;
        city?: string;
        region?: string;
        postcode?: string;
        country?: string;
        verified: "yes" | "no" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
      }[];
      associatedWith?: {
        key: string;
        how: string;
      };
      school?: string;
      vehicle?: string;
    }[];
    evidence: {
      id: string;
      kind: "file" | "message-bundle" | "wire-document";
      received?: {
        size: number;
        sha256: string;
        sha1: string;
        md5: string;
      };
      declaredHashes: {
        algorithm: string;
        value: string;
      }[];
      name?: string;
      mediaType?: string;
      location?: string;
      uploadedAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      relevance: "reported" | "supplemental";
      events: {
        kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        ip?: {
          raw: string;
          address?: string;
        };
        port?: number;
        possibleProxy?: boolean;
        device?: {
          kind: string;
          value: string;
        };
      }[];
      details: {
        group?: string;
        name: string;
        value: string;
      }[];
    }[];
    claims: {
      about: {
        kind: "report";
      } | {
        kind: "evidence";
        id: string;
      } | {
        kind: "person";
        key: string;
      } | {
        kind: "ip";
        address: string;
      };
      source: {
        kind: "sender";
        name: string;
      } | {
        kind: "station";
        id: string;
        name: string;
      } | {
        kind: "person";
        id: string;
        role: string;
      } | {
        kind: "list";
        name: string;
      } | {
        kind: "rule";
        id: string;
        version: string;
      };
      madeAt?: string;
      states: {
        kind: "flag";
        flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
        value: boolean;
      } | {
        kind: "escalation";
        text: string;
      } | {
        kind: "industry-grade";
        grade: "A1" | "A2" | "B1" | "B2";
      } | {
        kind: "uk-category";
        category: "A" | "B" | "C";
        description?: string;
      } | {
        kind: "hash-match";
        list: string;
        match: "exact" | "perceptual";
        vetted: boolean;
        grade?: string;
        distance?: number;
        semantics?: string;
        probe?: string;
      } | {
        kind: "classifier";
        model: string;
        score: number;
      } | {
        kind: "network";
        network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
        country?: string;
      } | {
        kind: "franking";
        verified: boolean;
        fullConversation: boolean;
      } | {
        kind: "resolution";
        events: number;
        addressKind: "installation" | "billing" | "unknown";
        postcode?: string;
        country: string;
        corroborated: boolean;
      } | {
        kind: "account-disabled";
        permanent: boolean;
        value: boolean;
        disabledAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        userNotified?: boolean;
        userNotifiedAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        reenabledAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
      };
    }[];
    statements: {
      topic: "note" | "chat" | "bio" | "terms" | "policy" | "police-contact" | "wire";
      text: string;
      person?: string;
      evidence?: string;
      path?: string;
    }[];
  };
  /** made after the report came in */
  claims: {
    about: {
      kind: "report";
    } | {
      kind: "evidence";
      id: string;
    } | {
      kind: "person";
      key: string;
    } | {
      kind: "ip";
      address: string;
    };
    source: {
      kind: "sender";
      name: string;
    } | {
      kind: "station";
      id: string;
      name: string;
    } | {
      kind: "person";
      id: string;
      role: string;
    } | {
      kind: "list";
      name: string;
    } | {
      kind: "rule";
      id: string;
      version: string;
    };
    madeAt?: string;
    states: {
      kind: "flag";
      flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
      value: boolean;
    } | {
      kind: "escalation";
      text: string;
    } | {
      kind: "industry-grade";
      grade: "A1" | "A2" | "B1" | "B2";
    } | {
      kind: "uk-category";
      category: "A" | "B" | "C";
      description?: string;
    } | {
      kind: "hash-match";
      list: string;
      match: "exact" | "perceptual";
      vetted: boolean;
      grade?: string;
      distance?: number;
      semantics?: string;
      probe?: string;
    } | {
      kind: "classifier";
      model: string;
      score: number;
    } | {
      kind: "network";
      network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
      country?: string;
    } | {
      kind: "franking";
      verified: boolean;
      fullConversation: boolean;
    } | {
      kind: "resolution";
      events: number;
      addressKind: "installation" | "billing" | "unknown";
      postcode?: string;
      country: string;
      corroborated: boolean;
    } | {
      kind: "account-disabled";
      permanent: boolean;
      value: boolean;
      disabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      userNotified?: boolean;
      userNotifiedAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      reenabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
    };
  }[];
  assessment?: {
    /** UTC, ISO 8601 */
    at: string;
    ruleVersion: string;
    level: "L0" | "L1" | "L2" | "L3" | "L4";
    levelText: string;
    attributes: {
      attribute: "offence" | "attribution" | "place" | "time" | "integrity";
      /** O0-O4, A0-A4, P0-P3, T0-T3, I0-I3 */
      value: string;
      text: string;
      /** one step up here would raise the level */
      binding: boolean;
      reasons: {
        code: string;
        /** JSON Pointer to the field of the report or claim that this rests on */
        path?: string;
        text: string;
        source?: string;
      }[];
    }[];
    wouldRaise: {
      attribute: string;
      from: string;
      to: string;
      ask: string;
      what: string;
      route: string;
      expectedLevel?: "L0" | "L1" | "L2" | "L3" | "L4";
    }[];
    tier: "R1" | "R2" | "R3" | "R4" | "R5";
    tierText: string;
    tierReasons: {
      code: string;
      /** JSON Pointer to the field of the report or claim that this rests on */
      path?: string;
      text: string;
      source?: string;
    }[];
    /** times and addresses that may not be what they say */
    doubts: {
      code: string;
      /** what it holds down; absent: it is only named */
      attribute?: "time" | "attribution";
      path: string;
      stated: string;
      /** what else it could be, likeliest first */
      couldBe: string[];
      text: string;
      whom: string;
      what: string;
    }[];
    /** what nobody has said and would matter; unknown never means no */
    unknown: string[];
    clock?: {
      /** UTC, ISO 8601 */
      endsAt: string;
      what: string;
    };
  };
  /** absent until the report is assessed */
  whereabouts?: {
    /** how it is known, from firmest to loosest; geolocation tells a country and no more */
    basis: "resolved" | "declared" | "geolocation" | "none";
    /** several where the places disagree; none where nobody has said */
    countries: string[];
    /** this station's own country, where it has one */
    home?: string;
    /** those of the countries that are not this station's own */
    abroad: string[];
    /** who answers for the place: a force for an address, a national agency for a country */
    agency?: {
      id: string;
      name: string;
    };
    /** it rests on a hint, not on a resolved address */
    provisional: boolean;
    /** stations abroad that take in reports of these countries */
    takers: {
      peer: string;
      name: string;
      countries: string[];
    }[];
    /** those abroad whose reports no station that this one knows takes in */
    unserved: string[];
    /** who decides about what lies abroad, where this station cannot send it there */
    decides?: {
      name: string;
      /** it is this station */
      here: boolean;
    };
    reasons: string[];
  };
  evidence: {
    id: string;
    kind: "file" | "message-bundle" | "wire-document";
    name?: string;
    mediaType?: string;
    size?: number;
    sha256?: string;
    /** the bytes are in this station's vault */
    present: boolean;
    known: {
      text: string;
      source: string;
    }[];
    /** other reports here that hold the same bytes */
    seenBefore: number;
    openings: {
      person: string;
      /** UTC, ISO 8601 */
      at: string;
      purpose: string;
    }[];
  }[];
  /** proofs of origin that came with the report */
  proofs: {
    /** the piece of evidence that holds it */
    attestation: string;
    /** the message bundle that it is about */
    bundle?: string;
    state: "proven" | "not-proven" | "contradicted" | "incomplete" | "unknown-provider" | "unreadable";
    /** why it is not proven */
    code?: string;
    /** UTC, ISO 8601 */
    checkedAt: string;
    /** keys that it names */
    keyIds: string[];
    attested?: {
      provider: {
        name: string;
        domain: string;
      };
      /** UTC, ISO 8601 */
      madeAt: string;
      verifier: {
        version: string;
        build: string;
      };
      reportId: string;
      roomUri: string;
      reporter: {
        uri: string;
        device: string;
      };
      verdict: "VERIFIED" | "VERIFIED_NO_SUBMIT_SIG" | "UNVERIFIED";
      fullConversation: boolean;
      window: {
        from: string;
        to: string;
        firstSeq: string;
        headSeq: string;
      };
      withheld: {
        count: number;
        ranges: {
          from: string;
          to: string;
        }[];
      };
      limits: string[];
      steps: {
        /** V1 to V14 */
        step: string;
        result: "passed" | "failed" | "not-checked";
        code?: string;
        /** the verifier's own words; nothing of a message stands in them */
        detail: string;
      }[];
      messages: {
        /** place in the bundle */
        index: number;
        /** place in the conversation */
        seq: string;
        messageId: string;
        sender: string;
        device: string;
        /** picked by whoever reports; otherwise context */
        selected: boolean;
        verdict: "VERIFIED" | "VERIFIED_NO_SUBMIT_SIG" | "UNVERIFIED";
        /** by the provider's clock */
        acceptedAt?: string;
        /** an outside authority bounds the time from above */
        existedBy?: string;
        seen?: string;
        replaces: string[];
        open: {
          /** V1 to V14 */
          step: string;
          result: "passed" | "failed" | "not-checked";
          code?: string;
          /** the verifier's own words; nothing of a message stands in them */
          detail: string;
        }[];
        attachments: {
          root: string;
          mode: "full" | "hash-only";
          result: "opened-and-bound" | "committed-not-seen" | "failed" | "missing";
          sha256?: string;
          size?: number;
          /** the same bytes among this report's evidence */
          evidence?: string;
        }[];
      }[];
    };
  }[];
  requests: {
    id: string;
    rule: string;
    ruleVersion: string;
    role: "own-station" | "trained-staff" | "sender" | "provider" | "network-operator" | "exchange";
    to?: string;
    askFor: string;
    routes: {
      id: string;
      text: string;
      answerWithinDays?: number;
    }[];
    legalRoute?: string;
    expected: {
      attribute: string;
      from: string;
      to: string;
      levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
      levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
    };
    subject: string;
    body: string;
    necessity?: string;
    /** the whole as plain text, to be copied or printed */
    letter: string;
    state: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
    overdue: boolean;
    /** UTC, ISO 8601 */
    draftedAt: string;
    sent?: {
      to: string;
      /** UTC, ISO 8601 */
      at: string;
      way: "portal" | "email" | "post" | "telephone" | "in-person" | "other";
      reference?: string;
    };
    /** UTC, ISO 8601 */
    answerBy?: string;
    /** UTC, ISO 8601 */
    answerableUntil?: string;
    steps: {
      to: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      note?: string;
    }[];
    answers: {
      id: string;
      provider: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      /** UTC, ISO 8601 */
      recordedAt: string;
      by: string;
      /** after the time by which the law or the request wanted it */
      late: boolean;
      facts: string[];
      changed?: {
        levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
        levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
        tierFrom: "R1" | "R2" | "R3" | "R4" | "R5";
        tierTo: "R1" | "R2" | "R3" | "R4" | "R5";
        attributes: {
          attribute: string;
          from: string;
          to: string;
        }[];
      };
    }[];
  }[];
  /** the strongest and newest */
  links: {
    report: string;
    number: string;
    /** of this report; absent where nobody says whose the value is */
    person?: string;
    otherPerson?: string;
    /** what they share; `decision` where a person said that they are the same */
    kind: string;
    value: string;
    strength: "strong" | "medium" | "weak";
    reason: string;
    status: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
  }[];
  /** who is behind it, by joined reports */
  subjects: {
    id: string;
    /** persons of reports */
    members: number;
    reports: number;
    /** UTC, ISO 8601 */
    since: string;
    /** UTC, ISO 8601 */
    newest: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    /** reports that nobody has worked yet */
    open: number;
    outcomes: number;
    owner?: {
      id: string;
      name: string;
      /** UTC, ISO 8601 */
      since: string;
      by: string;
    };
    frozen: ("too-large" | "different-persons")[];
    /** frozen, and nobody has looked at it yet as it is now */
    waiting: boolean;
    looked?: {
      name: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
    };
  }[];
  /** what people decided about who is who, as far as it holds */
  decisions: {
    id: string;
    kind: "same" | "different" | "never-link";
    other?: {
      report: string;
      number: string;
      person: string;
    };
    value?: {
      kind: string;
      value: string;
    };
    reason: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
  }[];
  /** what is shared and links nobody, with the reason */
  blocked: {
    kind: string;
    value: string;
    why: "common" | "never-listed" | "different-persons" | "by-its-nature";
    text: string;
    holders: number;
  }[];
  destinations: {
    peer: string;
    name: string;
    agency?: string;
    agencyName?: string;
    recommended: boolean;
    /** rests on a hint, not on a resolved address */
    provisional: boolean;
    reasons: string[];
  }[];
  referrals: {
    id: string;
    peer: string;
    peerName: string;
    agency?: string;
    agencyName?: string;
    reason: string;
    decidedBy: string;
    /** UTC, ISO 8601 */
    decidedAt: string;
    state: "intended" | "sending" | "delivered" | "failed";
    attempts: number;
    lastError?: string;
    /** UTC, ISO 8601 */
    nextAttemptAt?: string;
    /** UTC, ISO 8601 */
    deliveredAt?: string;
    remoteReference?: string;
    /** countries that the peer takes in, where this station's own is not among them */
    abroad?: string[];
  }[];
  outcomes: {
    id: string;
    statement: {
      kind: "arrest";
      arrests: number;
    } | {
      kind: "charge";
      charges: number;
    } | {
      kind: "children-safeguarded";
      children: number;
    } | {
      kind: "no-further-action";
      reason: "not-an-offence" | "no-suspect-identified" | "data-expired" | "not-in-the-public-interest" | "outside-jurisdiction" | "already-known" | "other";
    } | {
      kind: "useless";
      reason: "no-content" | "no-identifiers" | "viral-item" | "not-abuse-material" | "wrong-or-missing-time" | "cannot-be-located" | "other";
    } | {
      kind: "duplicate";
      /** number of the report it repeats */
      of: string;
    };
    text: string;
    /** UTC, ISO 8601 */
    recordedAt: string;
    by: string;
    /** on its way back to who handed us the report */
    returned: "nowhere" | "waiting" | "delivered" | "failed";
    returnedTo?: string;
    lastError?: string;
  }[];
  safeguarding?: {
    state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
    /** a person should consider a referral */
    called: boolean;
    /** unknown never means that there is none */
    child: "identified" | "identifiable" | "unknown";
    urgency: "at-once" | "harm" | "help";
    /** UTC, ISO 8601 */
    dueAt: string;
    /** content shows an offence against a child who can be looked for */
    victimLed: boolean;
    lane: "standard" | "safeguarding-first";
    laneReasons: string[];
    /** persons reported whose age nobody has said */
    agesUnknown: number;
    area: {
      country?: string;
      agency?: string;
      agencyName?: string;
      basis: string;
    };
    reasons: {
      code: string;
      path: string;
      text: string;
      source?: string;
    }[];
    /** whom the station's configuration names today, the fitting ones first */
    authorities: {
      id: string;
      name: string;
      contact: {
        telephone?: string;
        outOfHours?: string;
        portal?: string;
        email?: string;
        note?: string;
      };
      /** how it fits the child's place */
      fit: "area" | "country" | "other";
    }[];
    referrals: {
      id: string;
      authority: string;
      authorityName: string;
      contact: {
        telephone?: string;
        outOfHours?: string;
        portal?: string;
        email?: string;
        note?: string;
      };
      urgency: "at-once" | "harm" | "help";
      /** UTC, ISO 8601 */
      dueAt: string;
      reason: string;
      decided: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
      };
      state: "decided" | "told" | "acknowledged" | "withdrawn";
      told?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        how: "telephone" | "portal" | "in-person" | "other";
        takenBy: string;
        reference?: string;
        /** after it was due */
        late: boolean;
      };
      acknowledged?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        answeredBy: string;
        answer?: string;
      };
      withdrawn?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        reason: string;
      };
    }[];
    declined?: {
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
      /** nothing new has come since */
      holds: boolean;
    };
  };
  /** calls to a person about this report, the newest first */
  pages: {
    id: string;
    /** absent only where it is about a task that is about no report */
    report?: string;
    /** the report's */
    number?: string;
    /** of the report now */
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    status?: "new" | "referred" | "closed";
    /** UTC, ISO 8601 */
    raisedAt: string;
    /** what fired, the newest first; never empty */
    triggers: {
      code: string;
      text: string;
      /** JSON Pointer to the field that made it fire */
      path: string;
      source: string;
      /** what stands in that field */
      says?: string;
    }[];
    /** how far it has escalated; counts while nobody has answered */
    stage: "owner" | "caseworkers" | "leads" | "everybody";
    /** UTC, ISO 8601 */
    escalatesAt?: string;
    /** this person is being called by it */
    rings: boolean;
    /** the task that it is about; absent: the report is immediate */
    task?: string;
    /** what it was about is over, or a wider circle was called */
    endedAt?: string;
    /** UTC, ISO 8601 */
    acknowledgedAt?: string;
    acknowledgedBy?: string;
    /** who has it now */
    owner?: string;
    mine: boolean;
    /** UTC, ISO 8601 */
    ownedSince?: string;
    /** to whom it went, and whether the outward channel took it */
    calls: {
      audience: "owner" | "caseworkers" | "leads" | "everybody";
      state: "none" | "intended" | "told" | "ended";
      attempts: number;
      lastError?: string;
      /** UTC, ISO 8601 */
      nextAttemptAt?: string;
      /** UTC, ISO 8601 */
      toldAt?: string;
    }[];
  }[];
  history: {
    id: string;
    kind: string;
    text: string;
    /** UTC, ISO 8601 */
    at: string;
    actor: string;
    /** place in the audit log; absent until the next checkpoint */
    index?: string;
  }[];
  /** other stations that have an interest in the same person */
  conflicts: {
    peer: string;
    peerName: string;
    contact?: string;
    side: "asked" | "was-asked";
    /** numbers to name when speaking with the other station */
    references: string[];
    state: "open" | "contacted" | "released";
    /** who has it; absent until a person does, and then it is the leads' */
    owner?: string;
    /** its owner is the person who looks */
    mine: boolean;
    /** UTC, ISO 8601 */
    openedAt: string;
    /** UTC, ISO 8601 */
    deadline: string;
    overdue: boolean;
    /** work that the other station could disturb waits */
    paused: boolean;
    release?: "we-continue" | "they-continue" | "together" | "not-the-same";
    /** oldest first */
    steps: {
      kind: "taken" | "contacted" | "handed-over" | "extended" | "released";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      /** who has it from then on */
      to?: string;
      /** UTC, ISO 8601 */
      until?: string;
      how?: "we-continue" | "they-continue" | "together" | "not-the-same";
      note?: string;
    }[];
    /** it has not been put off as often as it may be */
    mayExtend: boolean;
  }[];
  /** how often it arrived, how late, and what was added to it */
  arrivals: {
    /** the report of the page first, then in the order of their arrival; at most a hundred others */
    members: {
      report: string;
      number: string;
      door: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      status: "new" | "referred" | "closed";
      tier?: "R1" | "R2" | "R3" | "R4" | "R5";
      /** to the report of the page: the same, adds to it, is added to by it, or of the same matter */
      relation: "this" | "same" | "adds" | "added-to" | "related";
      /** by what the two are the same; empty where a third says so */
      why: ("same-files" | "same-content" | "same-number" | "name" | "naming" | "hint")[];
      sender: string;
      handedBy: string;
      /** what whoever handed it in calls it */
      reference: string;
      /** the reference that this station issued */
      issued?: string;
      /** numbers of the reports that it adds to */
      names: string[];
      /** absent where it is not late */
      late?: {
        days: number;
        since: "event" | "first-arrival";
      };
      outcomes: string[];
      /** to whom, by name */
      referred: string[];
    }[];
    amendments: {
      report: string;
      number: string;
      to: {
        report: string;
        number: string;
      };
      changes: {
        kind: "added" | "changed" | "gone";
        field: "incident-type" | "occurred" | "occurred-meaning" | "platform" | "person" | "name" | "age" | "date-of-birth" | "identifier" | "event" | "file" | "file-media-type" | "statement" | "claim" | "reference";
        /** the person or the file that it belongs to */
        of?: string;
        before?: string;
        after?: string;
      }[];
    }[];
    /** what it adds to and what has not come yet */
    awaited: string[];
    /** others that may be the same: a person decides */
    maybe: {
      report: string;
      number: string;
      door: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      status: "new" | "referred" | "closed";
      tier?: "R1" | "R2" | "R3" | "R4" | "R5";
      why: string;
    }[];
    decisions: {
      id: string;
      kind: "same" | "different" | "apart";
      other?: {
        report: string;
        number: string;
      };
      reason: string;
      by: string;
      /** UTC, ISO 8601 */
      at: string;
    }[];
  };
  may: string[];
};

export type WaitingAccounts = {
  waiting: number;
  accounts: {
    account: string;
    /** UTC, ISO 8601 */
    since: string;
    /** a rule asks for a person's look, or the owner does */
    why: ("signal" | "appeal")[];
    standing: ("friction" | "notice" | "review" | "hide")[];
  }[];
};

export type AccountPage = {
  account: string;
  name: string;
  /** by the year of birth that the owner gave */
  band: "under-13" | "13-15" | "16-17" | "adult" | "unknown";
  /** UTC, ISO 8601 */
  openedAt: string;
  /** a rule asks for a person's look, or the owner does */
  why: ("signal" | "appeal")[];
  standing: {
    action: "friction" | "notice" | "review" | "hide";
    /** UTC, ISO 8601 */
    began: string;
    /** UTC, ISO 8601 */
    until: string;
    signals: {
      rule: "many-declined" | "asks-and-blocked" | "came-back" | "declined-and-reported" | "reported-twice" | "reported-and-blocked";
      /** UTC, ISO 8601 */
      from: string;
      /** UTC, ISO 8601 */
      until: string;
      met: {
        measure: "strangers" | "declined-share" | "blockers" | "reporters" | "returns" | "days-old" | "known-share" | "accepted";
        value: number;
        atLeast?: number;
        atMost?: number;
      }[];
      counter: {
        what: "mostly-known" | "mostly-accepted" | "long-standing" | "blocks-taken-back";
        value: number;
      }[];
      lookAlikes: ("coach" | "teacher" | "family" | "community" | "shop" | "charity" | "newcomer" | "quarrel" | "advertiser" | "shared-device")[];
      why: string;
      /** how often such a signal is right where one account in so many offends; measured on made-up ones */
      right: {
        share: number;
        low: number;
        atOneIn: number;
      };
      reviewBy: string;
    }[];
  }[];
  appeal?: {
    /** UTC, ISO 8601 */
    at: string;
    words: string;
  };
  history: ({
    what: "began" | "ended" | "lifted" | "decided";
    /** UTC, ISO 8601 */
    at: string;
    action: "friction" | "notice" | "review" | "hide";
    /** UTC, ISO 8601 */
    until?: string;
  } | {
    what: "appealed";
    /** UTC, ISO 8601 */
    at: string;
    words: string;
  } | {
    what: "keep" | "lift" | "longer";
    /** UTC, ISO 8601 */
    at: string;
    by: string;
    reason: string;
    /** UTC, ISO 8601 */
    until?: string;
  })[];
};

export type BankList = {
  banks: {
    id: string;
    name: string;
    /** whose claims its entries are */
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    /** how its perceptual hashes are made, where an entry does not say */
    semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    matches: "on" | "in-part" | "off";
    /** entries that stand */
    live: number;
    /** entries that their source took back */
    gone: number;
    /** when an entry last changed; absent: it never had one */
    changedAt?: string;
    /** absent: it is fetched from nowhere */
    exchange?: {
      kind: "ncmec" | "stopncii" | "directory";
      /** the configuration still names it */
      runs: boolean;
      /** when something last came; absent: never */
      fetchedAt?: string;
      /** when it last had everything that the source had */
      caughtUpAt?: string;
      /** the last fetch failed */
      failing?: {
        /** UTC, ISO 8601 */
        since: string;
        trouble: "unreachable" | "answer-invalid" | "blocked" | "fault";
        words: string;
        attempts: number;
      };
      /** UTC, ISO 8601 */
      nextAt?: string;
    };
  }[];
  next?: string;
};

export type BankView = {
  id: string;
  name: string;
  /** whose claims its entries are */
  source: string;
  /** what this station takes the source's claims for */
  trust: "vetted-graded" | "vetted" | "unvetted";
  /** how its perceptual hashes are made, where an entry does not say */
  semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
  matches: "on" | "in-part" | "off";
  /** entries that stand */
  live: number;
  /** entries that their source took back */
  gone: number;
  /** when an entry last changed; absent: it never had one */
  changedAt?: string;
  /** absent: it is fetched from nowhere */
  exchange?: {
    kind: "ncmec" | "stopncii" | "directory";
    /** the configuration still names it */
    runs: boolean;
    /** when something last came; absent: never */
    fetchedAt?: string;
    /** when it last had everything that the source had */
    caughtUpAt?: string;
    /** the last fetch failed */
    failing?: {
      /** UTC, ISO 8601 */
      since: string;
      trouble: "unreachable" | "answer-invalid" | "blocked" | "fault";
      words: string;
      attempts: number;
    };
    /** UTC, ISO 8601 */
    nextAt?: string;
  };
  settings: {
    name: string;
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    enabled: boolean;
    /** entries with at least one of these match; null: all */
    categories: string[] | null;
    /** entries with at least one of these match; null: all */
    tags: string[] | null;
    /** entries with at least one of these match; null: all */
    members: string[] | null;
    /** the most bits in which a perceptual hash may differ */
    threshold: number;
    /** the least quality of a perceptual hash, where it is known */
    quality: number;
    semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
  };
  /** which change of the settings this is; a change names it */
  seen: string;
  /** accounts of others that may fill it */
  curators: string[];
  /** accounts that get it whole */
  sharedWith: string[];
  /** why its source can be told nothing about an entry; absent: it can */
  notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
  /** of its settings, the newest first */
  changes: {
    seq: string;
    /** UTC, ISO 8601 */
    at: string;
    /** a person's name, or an account's; absent: this station itself */
    by?: string;
    way: "person" | "sender" | "exchange" | "operator";
    reason?: string;
    /** empty: the bank was made */
    changed: ("name" | "source" | "trust" | "enabled" | "categories" | "tags" | "members" | "threshold" | "quality" | "semantics")[];
    was?: {
      name: string;
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      enabled: boolean;
      /** entries with at least one of these match; null: all */
      categories: string[] | null;
      /** entries with at least one of these match; null: all */
      tags: string[] | null;
      /** entries with at least one of these match; null: all */
      members: string[] | null;
      /** the most bits in which a perceptual hash may differ */
      threshold: number;
      /** the least quality of a perceptual hash, where it is known */
      quality: number;
      semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    };
    is: {
      name: string;
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      enabled: boolean;
      /** entries with at least one of these match; null: all */
      categories: string[] | null;
      /** entries with at least one of these match; null: all */
      tags: string[] | null;
      /** entries with at least one of these match; null: all */
      members: string[] | null;
      /** the most bits in which a perceptual hash may differ */
      threshold: number;
      /** the least quality of a perceptual hash, where it is known */
      quality: number;
      semantics: "pdq/full" | "pdq/nn512" | "unlabelled";
    };
  }[];
  next?: string;
};

export type BankParts = {
  /** by their value */
  parts: {
    value: string;
    /** what the source calls a member */
    name?: string;
    /** entries of it */
    live: number;
  }[];
  next?: string;
};

export type BankLookup = {
  value: string;
  /** what a hash of this length can be */
  kinds: ("md5" | "sha1" | "sha256" | "pdq")[];
  entries: {
    id: string;
    /** the source's own name for it */
    key: string;
    bank: string;
    bankName: string;
    source: string;
    /** what this station takes the source's claims for */
    trust: "vetted-graded" | "vetted" | "unvetted";
    /** whether a file with one of its hashes would match now, and why not */
    matches: "yes" | "taken-back" | "bank-off" | "part-off";
    /** UTC, ISO 8601 */
    changedAt: string;
    /** the source's word, and no fact */
    claims: {
      member?: {
        id: string;
        name?: string;
      };
      media?: "image" | "video";
      /** in the source's own scale */
      classification?: string;
      categories: string[];
      tags: string[];
      /** what the source also gave and this station cannot use */
      unread: string[];
      /** UTC, ISO 8601 */
      saidAt?: string;
    };
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry has this hash now; otherwise it had it once */
    stands: boolean;
  }[];
  next?: string;
};

export type BankEntry = {
  id: string;
  /** the source's own name for it */
  key: string;
  bank: string;
  bankName: string;
  source: string;
  /** what this station takes the source's claims for */
  trust: "vetted-graded" | "vetted" | "unvetted";
  /** whether a file with one of its hashes would match now, and why not */
  matches: "yes" | "taken-back" | "bank-off" | "part-off";
  /** UTC, ISO 8601 */
  changedAt: string;
  /** the source's word, and no fact */
  claims: {
    member?: {
      id: string;
      name?: string;
    };
    media?: "image" | "video";
    /** in the source's own scale */
    classification?: string;
    categories: string[];
    tags: string[];
    /** what the source also gave and this station cannot use */
    unread: string[];
    /** UTC, ISO 8601 */
    saidAt?: string;
  };
  signals: {
    kind: "md5" | "sha1" | "sha256" | "pdq";
    value: string;
    semantics?: "pdq/full" | "pdq/nn512" | "unlabelled";
    quality?: number;
    stands: boolean;
    /** its quality is good enough to match, or is not known */
    good: boolean;
  }[];
  /** the newest first */
  changes: {
    seq: string;
    what: "added" | "changed" | "removed" | "restored";
    /** UTC, ISO 8601 */
    at: string;
    by?: string;
    way: "person" | "sender" | "exchange" | "operator";
    /** as the source said from then on */
    claims: {
      member?: {
        id: string;
        name?: string;
      };
      media?: "image" | "video";
      /** in the source's own scale */
      classification?: string;
      categories: string[];
      tags: string[];
      /** what the source also gave and this station cannot use */
      unread: string[];
      /** UTC, ISO 8601 */
      saidAt?: string;
    };
    hashes: number;
  }[];
  next?: string;
};

export type BankFeedback = {
  /** absent: there is nobody to tell */
  protocol?: "ncmec" | "stopncii";
  /** each kind of hash that it has */
  tells: {
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** why its source can be told nothing about such a hash; absent: it can */
    notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
  }[];
  /** the newest first */
  said: {
    id: string;
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry is right, or wrong */
    opinion: "affirmative" | "negative";
    /** in the source's words */
    reasons: string[];
    /** why, for this station alone: it is never sent */
    note: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
    delivery: {
      /** failing: it is tried again by itself; replaced: somebody said something else before it had arrived */
      state: "waiting" | "failing" | "refused" | "delivered" | "elsewhere" | "replaced";
      /** when the source had taken it */
      at?: string;
      /** what stands in its way */
      words?: string;
      /** that failed */
      attempts: number;
      /** UTC, ISO 8601 */
      nextAt?: string;
    };
  }[];
  /** what those say with whom this station shares the bank */
  others: {
    account: string;
    kind: "md5" | "sha1" | "sha256" | "pdq";
    /** the entry is right, or wrong */
    opinion: "affirmative" | "negative";
    reasons: string[];
    /** UTC, ISO 8601 */
    at: string;
  }[];
};

export type ReviewState = {
  waiting: number;
  /** what this person has in hand */
  item?: {
    sha256: string;
    size: number;
    /** by its first bytes */
    mediaType?: string;
    /** UTC, ISO 8601 */
    firstAt: string;
    /** UTC, ISO 8601 */
    leasedUntil: string;
    /** when this person first saw it; from then on it is theirs alone */
    shownAt?: string;
    /** its bytes are here */
    present: boolean;
    matches: {
      bank: string;
      bankName: string;
      /** whose claim it is */
      source: string;
      /** what this station takes the source's claims for */
      trust: "vetted-graded" | "vetted" | "unvetted";
      /** the source's own name of the item */
      entry: string;
      /** the same digest, or a picture that looks alike */
      match: "exact" | "perceptual";
      kind: "md5" | "sha1" | "sha256" | "pdq";
      /** the hash in the bank that matched, in hexadecimal */
      value: string;
      /** in bits; 0 of an exact match */
      distance: number;
      /** how the perceptual hash that was asked for was made */
      semantics?: string;
      /** `plain`, `frames` of a video, or how the picture was changed to find this */
      probe: string;
      /** how many frames of the posted video look like this item: an inference */
      frames?: {
        alike: number;
        /** frames of the posted video that say something, one a second at most */
        of: number;
        /** where in the video, the first twenty */
        seconds: number[];
      };
      /** in the source's own scale */
      classification?: string;
      tags: string[];
      /** what this station's policy makes of it */
      action: "nothing" | "review" | "report";
    }[];
    posted: {
      posts: number;
      accounts: number;
      /** left out where nobody says */
      isPublic?: boolean;
      /** as the platform stated it */
      first?: string;
      where?: string;
      name?: string;
    };
    /** files that wait too and look like this one */
    near: {
      sha256: string;
      distance: number;
      size: number;
      mediaType?: string;
    }[];
  };
  /** seen by somebody else and not decided: nobody gets them until a lead hands them on */
  seen: {
    sha256: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
  }[];
  pause: {
    /** without a pause so far */
    workedMinutes: number;
    /** without a veil today */
    seenMinutes: number;
    mostMinutesADay: number;
    /** UTC, ISO 8601 */
    pauseUntil?: string;
    why?: "break" | "day";
  };
  /** reports of known files that wait for somebody to file them, without anybody opening them */
  known: {
    report: string;
    number: string;
    /** UTC, ISO 8601 */
    at: string;
    files: number;
  }[];
  /** name of the peer with which a decision files */
  fileWith?: string;
};

export type DecidedList = {
  /** what this person decided about, the newest first */
  files: {
    sha256: string;
    decision: "report" | "leave";
    grade?: "A1" | "A2" | "B1" | "B2";
    viewedInFull: boolean;
    /** UTC, ISO 8601 */
    at: string;
    matches: {
      found: {
        bank: string;
        bankName: string;
        /** whose claim it is */
        source: string;
        /** what this station takes the source's claims for */
        trust: "vetted-graded" | "vetted" | "unvetted";
        /** the source's own name of the item */
        entry: string;
        /** the same digest, or a picture that looks alike */
        match: "exact" | "perceptual";
        kind: "md5" | "sha1" | "sha256" | "pdq";
        /** the hash in the bank that matched, in hexadecimal */
        value: string;
        /** in bits; 0 of an exact match */
        distance: number;
        /** how the perceptual hash that was asked for was made */
        semantics?: string;
        /** `plain`, `frames` of a video, or how the picture was changed to find this */
        probe: string;
        /** how many frames of the posted video look like this item: an inference */
        frames?: {
          alike: number;
          /** frames of the posted video that say something, one a second at most */
          of: number;
          /** where in the video, the first twenty */
          seconds: number[];
        };
        /** in the source's own scale */
        classification?: string;
        tags: string[];
        /** what this station's policy makes of it */
        action: "nothing" | "review" | "report";
      };
      /** absent: the bank has no such item */
      feedback?: {
        entry: string;
        protocol?: "ncmec" | "stopncii";
        /** why its source can be told nothing about such a hash; absent: it can */
        notTold?: "nobody" | "directory" | "no-key" | "kind-unknown" | "not-the-sources" | "taken-back";
        said?: {
          id: string;
          kind: "md5" | "sha1" | "sha256" | "pdq";
          /** the entry is right, or wrong */
          opinion: "affirmative" | "negative";
          /** in the source's words */
          reasons: string[];
          /** why, for this station alone: it is never sent */
          note: string;
          by: string;
          /** UTC, ISO 8601 */
          at: string;
          delivery: {
            /** failing: it is tried again by itself; replaced: somebody said something else before it had arrived */
            state: "waiting" | "failing" | "refused" | "delivered" | "elsewhere" | "replaced";
            /** when the source had taken it */
            at?: string;
            /** what stands in its way */
            words?: string;
            /** that failed */
            attempts: number;
            /** UTC, ISO 8601 */
            nextAt?: string;
          };
        };
      };
    }[];
  }[];
  next?: string;
};

export type MediaPolicies = {
  banks: {
    bank: string;
    bankName: string;
    source: string;
    trust: "vetted-graded" | "vetted" | "unvetted";
    exact: "nothing" | "review" | "report";
    perceptual: "nothing" | "review";
    decidedBy?: string;
    /** UTC, ISO 8601 */
    decidedAt?: string;
  }[];
};

export type ReportView = {
  entry: {
    id: string;
    number: string;
    /** UTC, ISO 8601 */
    receivedAt: string;
    sender: string;
    platform?: string;
    incident: "abuse-material" | "trafficking" | "travel" | "contact-abuse" | "misleading-domain" | "misleading-words" | "enticement" | "obscene-to-child";
    occurred: {
      raw: string;
      /** UTC, ISO 8601 */
      at?: string;
      zone: string;
    };
    status: "new" | "referred" | "closed";
    /** the number of the certificate by which it was, or is being, erased */
    erased?: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    tierText?: string;
    /** the first reason for the tier */
    why?: string;
    level?: "L0" | "L1" | "L2" | "L3" | "L4";
    levelText?: string;
    clock?: {
      /** UTC, ISO 8601 */
      endsAt: string;
      what: string;
    };
    evidence: number;
    samePerson: number;
    /** how often it arrived, with what was added to it: one thing to work on; absent for once */
    arrivals?: number;
    suggestedAgency?: string;
    /** countries that are not this station's own, by the firmest place that is known */
    abroad?: string[];
    outcomes: string[];
    delivery: "none" | "waiting" | "delivered" | "failed";
    /** who goes first: it never changes how urgent a report is */
    lane?: "standard" | "safeguarding-first";
    /** it has an item that many others hold: it says nothing of who is behind this report */
    campaign?: {
      id: string;
      holders: number;
    };
    child?: {
      state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
      /** by when an authority must have been told */
      dueAt: string;
    };
    /** another station has an interest in the same person, and nobody has released it; by when somebody must */
    conflict?: {
      /** UTC, ISO 8601 */
      dueAt: string;
    };
    /** what its sender used to fill and left empty: it changes neither urgency nor place */
    leftEmpty?: {
      field: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference";
      sender: string;
      /** when the sender began to leave it empty */
      since: string;
      /** on and over: it stands in the lane of format bursts, unless a later report fills it */
      state: "on" | "over" | "accepted" | "seen-to";
      /** a later report of the sender's that fills it */
      filledBy?: string;
    }[];
  };
  door: string;
  handedBy: string;
  report: {
    version: 1;
    sender: {
      kind: "platform" | "hotline" | "public" | "peer";
      id: string;
      name: string;
    };
    references: {
      kind: "this-report" | "prior-report" | "case";
      issuer: string;
      value: string;
      person?: string;
    }[];
    incident: {
      type: "abuse-material" | "trafficking" | "travel" | "contact-abuse" | "misleading-domain" | "misleading-words" | "enticement" | "obscene-to-child";
      occurred: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      occurredMeaning?: string;
      platform?: string;
      channel?: {
        kind: "web-page";
        urls: string[];
        thirdPartyHosted?: boolean;
      } | {
        kind: "email";
        addresses: string[];
      } | {
        kind: "newsgroup";
        name?: string;
        addresses: string[];
      } | {
        kind: "chat";
        client?: string;
        room?: string;
      } | {
        kind: "game";
        game?: string;
        console?: string;
      } | {
        kind: "mobile";
        phone?: string;
        latitude?: number;
        longitude?: number;
      } | {
        kind: "offline";
        location?: string;
        places: {
          basis: "resolved" | "declared" | "estimated" | "ip-country";
          addressKind: "installation" | "billing" | "home" | "business" | "shipping" | "technical" | "unknown";
          street?: string;
          city?: string;
          region?: string;
          postcode?: string;
          country?: string;
          verified: "yes" | "no" | "unknown";
          moment?: {
            raw: string;
            at?: string;
            zone: "stated" | "sender-default" | "assumed" | "none";
            offset?: string;
          };
        }[];
      } | {
        kind: "peer-to-peer";
        client?: string;
        fileNames?: string;
        events: {
          kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
          moment?: {
            raw: string;
            at?: string;
            zone: "stated" | "sender-default" | "assumed" | "none";
            offset?: string;
          };
          ip?: {
            raw: string;
            address?: string;
          };
          port?: number;
          possibleProxy?: boolean;
          device?: {
            kind: string;
            value: string;
          };
        }[];
      };
    };
    persons: {
      key: string;
      role: "suspect" | "recipient" | "victim" | "reporter" | "contact" | "associated";
      firstName?: string;
      middleName?: string;
      lastName?: string;
      ageYears?: number;
      dateOfBirth?: string;
      identifiers: {
        kind: "account" | "screen-name" | "display-name" | "profile-url" | "phone" | "email" | "device" | "payment" | "group";
        value: string;
        raw: string;
        normalised: boolean;
        platform?: string;
        verified: "yes" | "no" | "unknown";
        verifiedAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        label?: string;
      }[];
      events: {
        kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        ip?: {
          raw: string;
          address?: string;
        };
        port?: number;
        possibleProxy?: boolean;
        device?: {
          kind: string;
          value: string;
        };
      }[];
      places: {
        basis: "resolved" | "declared" | "estimated" | "ip-country";
        addressKind: "installation" | "billing" | "home" | "business" | "shipping" | "technical" | "unknown";
        street?: string;
        city?: string;
        region?: string;
        postcode?: string;
        country?: string;
        verified: "yes" | "no" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
      }[];
      associatedWith?: {
        key: string;
        how: string;
      };
      school?: string;
      vehicle?: string;
    }[];
    evidence: {
      id: string;
      kind: "file" | "message-bundle" | "wire-document";
      received?: {
        size: number;
        sha256: string;
        sha1: string;
        md5: string;
      };
      declaredHashes: {
        algorithm: string;
        value: string;
      }[];
      name?: string;
      mediaType?: string;
      location?: string;
      uploadedAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      relevance: "reported" | "supplemental";
      events: {
        kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
        moment?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        ip?: {
          raw: string;
          address?: string;
        };
        port?: number;
        possibleProxy?: boolean;
        device?: {
          kind: string;
          value: string;
        };
      }[];
      details: {
        group?: string;
        name: string;
        value: string;
      }[];
    }[];
    claims: {
      about: {
        kind: "report";
      } | {
        kind: "evidence";
        id: string;
      } | {
        kind: "person";
        key: string;
      } | {
        kind: "ip";
        address: string;
      };
      source: {
        kind: "sender";
        name: string;
      } | {
        kind: "station";
        id: string;
        name: string;
      } | {
        kind: "person";
        id: string;
        role: string;
      } | {
        kind: "list";
        name: string;
      } | {
        kind: "rule";
        id: string;
        version: string;
      };
      madeAt?: string;
      states: {
        kind: "flag";
        flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
        value: boolean;
      } | {
        kind: "escalation";
        text: string;
      } | {
        kind: "industry-grade";
        grade: "A1" | "A2" | "B1" | "B2";
      } | {
        kind: "uk-category";
        category: "A" | "B" | "C";
        description?: string;
      } | {
        kind: "hash-match";
        list: string;
        match: "exact" | "perceptual";
        vetted: boolean;
        grade?: string;
        distance?: number;
        semantics?: string;
        probe?: string;
      } | {
        kind: "classifier";
        model: string;
        score: number;
      } | {
        kind: "network";
        network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
        country?: string;
      } | {
        kind: "franking";
        verified: boolean;
        fullConversation: boolean;
      } | {
        kind: "resolution";
        events: number;
        addressKind: "installation" | "billing" | "unknown";
        postcode?: string;
        country: string;
        corroborated: boolean;
      } | {
        kind: "account-disabled";
        permanent: boolean;
        value: boolean;
        disabledAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        userNotified?: boolean;
        userNotifiedAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
        reenabledAt?: {
          raw: string;
          at?: string;
          zone: "stated" | "sender-default" | "assumed" | "none";
          offset?: string;
        };
      };
    }[];
    statements: {
      topic: "note" | "chat" | "bio" | "terms" | "policy" | "police-contact" | "wire";
      text: string;
      person?: string;
      evidence?: string;
      path?: string;
    }[];
  };
  /** made after the report came in */
  claims: {
    about: {
      kind: "report";
    } | {
      kind: "evidence";
      id: string;
    } | {
      kind: "person";
      key: string;
    } | {
      kind: "ip";
      address: string;
    };
    source: {
      kind: "sender";
      name: string;
    } | {
      kind: "station";
      id: string;
      name: string;
    } | {
      kind: "person";
      id: string;
      role: string;
    } | {
      kind: "list";
      name: string;
    } | {
      kind: "rule";
      id: string;
      version: string;
    };
    madeAt?: string;
    states: {
      kind: "flag";
      flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
      value: boolean;
    } | {
      kind: "escalation";
      text: string;
    } | {
      kind: "industry-grade";
      grade: "A1" | "A2" | "B1" | "B2";
    } | {
      kind: "uk-category";
      category: "A" | "B" | "C";
      description?: string;
    } | {
      kind: "hash-match";
      list: string;
      match: "exact" | "perceptual";
      vetted: boolean;
      grade?: string;
      distance?: number;
      semantics?: string;
      probe?: string;
    } | {
      kind: "classifier";
      model: string;
      score: number;
    } | {
      kind: "network";
      network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
      country?: string;
    } | {
      kind: "franking";
      verified: boolean;
      fullConversation: boolean;
    } | {
      kind: "resolution";
      events: number;
      addressKind: "installation" | "billing" | "unknown";
      postcode?: string;
      country: string;
      corroborated: boolean;
    } | {
      kind: "account-disabled";
      permanent: boolean;
      value: boolean;
      disabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      userNotified?: boolean;
      userNotifiedAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      reenabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
    };
  }[];
  assessment?: {
    /** UTC, ISO 8601 */
    at: string;
    ruleVersion: string;
    level: "L0" | "L1" | "L2" | "L3" | "L4";
    levelText: string;
    attributes: {
      attribute: "offence" | "attribution" | "place" | "time" | "integrity";
      /** O0-O4, A0-A4, P0-P3, T0-T3, I0-I3 */
      value: string;
      text: string;
      /** one step up here would raise the level */
      binding: boolean;
      reasons: {
        code: string;
        /** JSON Pointer to the field of the report or claim that this rests on */
        path?: string;
        text: string;
        source?: string;
      }[];
    }[];
    wouldRaise: {
      attribute: string;
      from: string;
      to: string;
      ask: string;
      what: string;
      route: string;
      expectedLevel?: "L0" | "L1" | "L2" | "L3" | "L4";
    }[];
    tier: "R1" | "R2" | "R3" | "R4" | "R5";
    tierText: string;
    tierReasons: {
      code: string;
      /** JSON Pointer to the field of the report or claim that this rests on */
      path?: string;
      text: string;
      source?: string;
    }[];
    /** times and addresses that may not be what they say */
    doubts: {
      code: string;
      /** what it holds down; absent: it is only named */
      attribute?: "time" | "attribution";
      path: string;
      stated: string;
      /** what else it could be, likeliest first */
      couldBe: string[];
      text: string;
      whom: string;
      what: string;
    }[];
    /** what nobody has said and would matter; unknown never means no */
    unknown: string[];
    clock?: {
      /** UTC, ISO 8601 */
      endsAt: string;
      what: string;
    };
  };
  /** absent until the report is assessed */
  whereabouts?: {
    /** how it is known, from firmest to loosest; geolocation tells a country and no more */
    basis: "resolved" | "declared" | "geolocation" | "none";
    /** several where the places disagree; none where nobody has said */
    countries: string[];
    /** this station's own country, where it has one */
    home?: string;
    /** those of the countries that are not this station's own */
    abroad: string[];
    /** who answers for the place: a force for an address, a national agency for a country */
    agency?: {
      id: string;
      name: string;
    };
    /** it rests on a hint, not on a resolved address */
    provisional: boolean;
    /** stations abroad that take in reports of these countries */
    takers: {
      peer: string;
      name: string;
      countries: string[];
    }[];
    /** those abroad whose reports no station that this one knows takes in */
    unserved: string[];
    /** who decides about what lies abroad, where this station cannot send it there */
    decides?: {
      name: string;
      /** it is this station */
      here: boolean;
    };
    reasons: string[];
  };
  evidence: {
    id: string;
    kind: "file" | "message-bundle" | "wire-document";
    name?: string;
    mediaType?: string;
    size?: number;
    sha256?: string;
    /** the bytes are in this station's vault */
    present: boolean;
    known: {
      text: string;
      source: string;
    }[];
    /** other reports here that hold the same bytes */
    seenBefore: number;
    openings: {
      person: string;
      /** UTC, ISO 8601 */
      at: string;
      purpose: string;
    }[];
  }[];
  /** proofs of origin that came with the report */
  proofs: {
    /** the piece of evidence that holds it */
    attestation: string;
    /** the message bundle that it is about */
    bundle?: string;
    state: "proven" | "not-proven" | "contradicted" | "incomplete" | "unknown-provider" | "unreadable";
    /** why it is not proven */
    code?: string;
    /** UTC, ISO 8601 */
    checkedAt: string;
    /** keys that it names */
    keyIds: string[];
    attested?: {
      provider: {
        name: string;
        domain: string;
      };
      /** UTC, ISO 8601 */
      madeAt: string;
      verifier: {
        version: string;
        build: string;
      };
      reportId: string;
      roomUri: string;
      reporter: {
        uri: string;
        device: string;
      };
      verdict: "VERIFIED" | "VERIFIED_NO_SUBMIT_SIG" | "UNVERIFIED";
      fullConversation: boolean;
      window: {
        from: string;
        to: string;
        firstSeq: string;
        headSeq: string;
      };
      withheld: {
        count: number;
        ranges: {
          from: string;
          to: string;
        }[];
      };
      limits: string[];
      steps: {
        /** V1 to V14 */
        step: string;
        result: "passed" | "failed" | "not-checked";
        code?: string;
        /** the verifier's own words; nothing of a message stands in them */
        detail: string;
      }[];
      messages: {
        /** place in the bundle */
        index: number;
        /** place in the conversation */
        seq: string;
        messageId: string;
        sender: string;
        device: string;
        /** picked by whoever reports; otherwise context */
        selected: boolean;
        verdict: "VERIFIED" | "VERIFIED_NO_SUBMIT_SIG" | "UNVERIFIED";
        /** by the provider's clock */
        acceptedAt?: string;
        /** an outside authority bounds the time from above */
        existedBy?: string;
        seen?: string;
        replaces: string[];
        open: {
          /** V1 to V14 */
          step: string;
          result: "passed" | "failed" | "not-checked";
          code?: string;
          /** the verifier's own words; nothing of a message stands in them */
          detail: string;
        }[];
        attachments: {
          root: string;
          mode: "full" | "hash-only";
          result: "opened-and-bound" | "committed-not-seen" | "failed" | "missing";
          sha256?: string;
          size?: number;
          /** the same bytes among this report's evidence */
          evidence?: string;
        }[];
      }[];
    };
  }[];
  requests: {
    id: string;
    rule: string;
    ruleVersion: string;
    role: "own-station" | "trained-staff" | "sender" | "provider" | "network-operator" | "exchange";
    to?: string;
    askFor: string;
    routes: {
      id: string;
      text: string;
      answerWithinDays?: number;
    }[];
    legalRoute?: string;
    expected: {
      attribute: string;
      from: string;
      to: string;
      levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
      levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
    };
    subject: string;
    body: string;
    necessity?: string;
    /** the whole as plain text, to be copied or printed */
    letter: string;
    state: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
    overdue: boolean;
    /** UTC, ISO 8601 */
    draftedAt: string;
    sent?: {
      to: string;
      /** UTC, ISO 8601 */
      at: string;
      way: "portal" | "email" | "post" | "telephone" | "in-person" | "other";
      reference?: string;
    };
    /** UTC, ISO 8601 */
    answerBy?: string;
    /** UTC, ISO 8601 */
    answerableUntil?: string;
    steps: {
      to: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      note?: string;
    }[];
    answers: {
      id: string;
      provider: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      /** UTC, ISO 8601 */
      recordedAt: string;
      by: string;
      /** after the time by which the law or the request wanted it */
      late: boolean;
      facts: string[];
      changed?: {
        levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
        levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
        tierFrom: "R1" | "R2" | "R3" | "R4" | "R5";
        tierTo: "R1" | "R2" | "R3" | "R4" | "R5";
        attributes: {
          attribute: string;
          from: string;
          to: string;
        }[];
      };
    }[];
  }[];
  /** the strongest and newest */
  links: {
    report: string;
    number: string;
    /** of this report; absent where nobody says whose the value is */
    person?: string;
    otherPerson?: string;
    /** what they share; `decision` where a person said that they are the same */
    kind: string;
    value: string;
    strength: "strong" | "medium" | "weak";
    reason: string;
    status: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
  }[];
  /** who is behind it, by joined reports */
  subjects: {
    id: string;
    /** persons of reports */
    members: number;
    reports: number;
    /** UTC, ISO 8601 */
    since: string;
    /** UTC, ISO 8601 */
    newest: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    /** reports that nobody has worked yet */
    open: number;
    outcomes: number;
    owner?: {
      id: string;
      name: string;
      /** UTC, ISO 8601 */
      since: string;
      by: string;
    };
    frozen: ("too-large" | "different-persons")[];
    /** frozen, and nobody has looked at it yet as it is now */
    waiting: boolean;
    looked?: {
      name: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
    };
  }[];
  /** what people decided about who is who, as far as it holds */
  decisions: {
    id: string;
    kind: "same" | "different" | "never-link";
    other?: {
      report: string;
      number: string;
      person: string;
    };
    value?: {
      kind: string;
      value: string;
    };
    reason: string;
    by: string;
    /** UTC, ISO 8601 */
    at: string;
  }[];
  /** what is shared and links nobody, with the reason */
  blocked: {
    kind: string;
    value: string;
    why: "common" | "never-listed" | "different-persons" | "by-its-nature";
    text: string;
    holders: number;
  }[];
  destinations: {
    peer: string;
    name: string;
    agency?: string;
    agencyName?: string;
    recommended: boolean;
    /** rests on a hint, not on a resolved address */
    provisional: boolean;
    reasons: string[];
  }[];
  referrals: {
    id: string;
    peer: string;
    peerName: string;
    agency?: string;
    agencyName?: string;
    reason: string;
    decidedBy: string;
    /** UTC, ISO 8601 */
    decidedAt: string;
    state: "intended" | "sending" | "delivered" | "failed";
    attempts: number;
    lastError?: string;
    /** UTC, ISO 8601 */
    nextAttemptAt?: string;
    /** UTC, ISO 8601 */
    deliveredAt?: string;
    remoteReference?: string;
    /** countries that the peer takes in, where this station's own is not among them */
    abroad?: string[];
  }[];
  outcomes: {
    id: string;
    statement: {
      kind: "arrest";
      arrests: number;
    } | {
      kind: "charge";
      charges: number;
    } | {
      kind: "children-safeguarded";
      children: number;
    } | {
      kind: "no-further-action";
      reason: "not-an-offence" | "no-suspect-identified" | "data-expired" | "not-in-the-public-interest" | "outside-jurisdiction" | "already-known" | "other";
    } | {
      kind: "useless";
      reason: "no-content" | "no-identifiers" | "viral-item" | "not-abuse-material" | "wrong-or-missing-time" | "cannot-be-located" | "other";
    } | {
      kind: "duplicate";
      /** number of the report it repeats */
      of: string;
    };
    text: string;
    /** UTC, ISO 8601 */
    recordedAt: string;
    by: string;
    /** on its way back to who handed us the report */
    returned: "nowhere" | "waiting" | "delivered" | "failed";
    returnedTo?: string;
    lastError?: string;
  }[];
  safeguarding?: {
    state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
    /** a person should consider a referral */
    called: boolean;
    /** unknown never means that there is none */
    child: "identified" | "identifiable" | "unknown";
    urgency: "at-once" | "harm" | "help";
    /** UTC, ISO 8601 */
    dueAt: string;
    /** content shows an offence against a child who can be looked for */
    victimLed: boolean;
    lane: "standard" | "safeguarding-first";
    laneReasons: string[];
    /** persons reported whose age nobody has said */
    agesUnknown: number;
    area: {
      country?: string;
      agency?: string;
      agencyName?: string;
      basis: string;
    };
    reasons: {
      code: string;
      path: string;
      text: string;
      source?: string;
    }[];
    /** whom the station's configuration names today, the fitting ones first */
    authorities: {
      id: string;
      name: string;
      contact: {
        telephone?: string;
        outOfHours?: string;
        portal?: string;
        email?: string;
        note?: string;
      };
      /** how it fits the child's place */
      fit: "area" | "country" | "other";
    }[];
    referrals: {
      id: string;
      authority: string;
      authorityName: string;
      contact: {
        telephone?: string;
        outOfHours?: string;
        portal?: string;
        email?: string;
        note?: string;
      };
      urgency: "at-once" | "harm" | "help";
      /** UTC, ISO 8601 */
      dueAt: string;
      reason: string;
      decided: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
      };
      state: "decided" | "told" | "acknowledged" | "withdrawn";
      told?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        how: "telephone" | "portal" | "in-person" | "other";
        takenBy: string;
        reference?: string;
        /** after it was due */
        late: boolean;
      };
      acknowledged?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        answeredBy: string;
        answer?: string;
      };
      withdrawn?: {
        by: string;
        /** UTC, ISO 8601 */
        at: string;
        reason: string;
      };
    }[];
    declined?: {
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
      /** nothing new has come since */
      holds: boolean;
    };
  };
  /** calls to a person about this report, the newest first */
  pages: {
    id: string;
    /** absent only where it is about a task that is about no report */
    report?: string;
    /** the report's */
    number?: string;
    /** of the report now */
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    status?: "new" | "referred" | "closed";
    /** UTC, ISO 8601 */
    raisedAt: string;
    /** what fired, the newest first; never empty */
    triggers: {
      code: string;
      text: string;
      /** JSON Pointer to the field that made it fire */
      path: string;
      source: string;
      /** what stands in that field */
      says?: string;
    }[];
    /** how far it has escalated; counts while nobody has answered */
    stage: "owner" | "caseworkers" | "leads" | "everybody";
    /** UTC, ISO 8601 */
    escalatesAt?: string;
    /** this person is being called by it */
    rings: boolean;
    /** the task that it is about; absent: the report is immediate */
    task?: string;
    /** what it was about is over, or a wider circle was called */
    endedAt?: string;
    /** UTC, ISO 8601 */
    acknowledgedAt?: string;
    acknowledgedBy?: string;
    /** who has it now */
    owner?: string;
    mine: boolean;
    /** UTC, ISO 8601 */
    ownedSince?: string;
    /** to whom it went, and whether the outward channel took it */
    calls: {
      audience: "owner" | "caseworkers" | "leads" | "everybody";
      state: "none" | "intended" | "told" | "ended";
      attempts: number;
      lastError?: string;
      /** UTC, ISO 8601 */
      nextAttemptAt?: string;
      /** UTC, ISO 8601 */
      toldAt?: string;
    }[];
  }[];
  history: {
    id: string;
    kind: string;
    text: string;
    /** UTC, ISO 8601 */
    at: string;
    actor: string;
    /** place in the audit log; absent until the next checkpoint */
    index?: string;
  }[];
  /** other stations that have an interest in the same person */
  conflicts: {
    peer: string;
    peerName: string;
    contact?: string;
    side: "asked" | "was-asked";
    /** numbers to name when speaking with the other station */
    references: string[];
    state: "open" | "contacted" | "released";
    /** who has it; absent until a person does, and then it is the leads' */
    owner?: string;
    /** its owner is the person who looks */
    mine: boolean;
    /** UTC, ISO 8601 */
    openedAt: string;
    /** UTC, ISO 8601 */
    deadline: string;
    overdue: boolean;
    /** work that the other station could disturb waits */
    paused: boolean;
    release?: "we-continue" | "they-continue" | "together" | "not-the-same";
    /** oldest first */
    steps: {
      kind: "taken" | "contacted" | "handed-over" | "extended" | "released";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      /** who has it from then on */
      to?: string;
      /** UTC, ISO 8601 */
      until?: string;
      how?: "we-continue" | "they-continue" | "together" | "not-the-same";
      note?: string;
    }[];
    /** it has not been put off as often as it may be */
    mayExtend: boolean;
  }[];
  /** how often it arrived, how late, and what was added to it */
  arrivals: {
    /** the report of the page first, then in the order of their arrival; at most a hundred others */
    members: {
      report: string;
      number: string;
      door: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      status: "new" | "referred" | "closed";
      tier?: "R1" | "R2" | "R3" | "R4" | "R5";
      /** to the report of the page: the same, adds to it, is added to by it, or of the same matter */
      relation: "this" | "same" | "adds" | "added-to" | "related";
      /** by what the two are the same; empty where a third says so */
      why: ("same-files" | "same-content" | "same-number" | "name" | "naming" | "hint")[];
      sender: string;
      handedBy: string;
      /** what whoever handed it in calls it */
      reference: string;
      /** the reference that this station issued */
      issued?: string;
      /** numbers of the reports that it adds to */
      names: string[];
      /** absent where it is not late */
      late?: {
        days: number;
        since: "event" | "first-arrival";
      };
      outcomes: string[];
      /** to whom, by name */
      referred: string[];
    }[];
    amendments: {
      report: string;
      number: string;
      to: {
        report: string;
        number: string;
      };
      changes: {
        kind: "added" | "changed" | "gone";
        field: "incident-type" | "occurred" | "occurred-meaning" | "platform" | "person" | "name" | "age" | "date-of-birth" | "identifier" | "event" | "file" | "file-media-type" | "statement" | "claim" | "reference";
        /** the person or the file that it belongs to */
        of?: string;
        before?: string;
        after?: string;
      }[];
    }[];
    /** what it adds to and what has not come yet */
    awaited: string[];
    /** others that may be the same: a person decides */
    maybe: {
      report: string;
      number: string;
      door: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      status: "new" | "referred" | "closed";
      tier?: "R1" | "R2" | "R3" | "R4" | "R5";
      why: string;
    }[];
    decisions: {
      id: string;
      kind: "same" | "different" | "apart";
      other?: {
        report: string;
        number: string;
      };
      reason: string;
      by: string;
      /** UTC, ISO 8601 */
      at: string;
    }[];
  };
  may: string[];
};

export type GetApiSessionAnswer = {
  person: {
    id: string;
    name: string;
    role: string;
  };
  station: {
    id: string;
    name: string;
    profile: "platform" | "clearinghouse" | "national-agency" | "police-force";
  };
  may: string[];
  /** UTC, ISO 8601 */
  expiresAt: string;
};

export type PostApiSessionBody = {
  token: string;
};

export type GetApiQueueAnswer = {
  entries: {
    id: string;
    number: string;
    /** UTC, ISO 8601 */
    receivedAt: string;
    sender: string;
    platform?: string;
    incident: "abuse-material" | "trafficking" | "travel" | "contact-abuse" | "misleading-domain" | "misleading-words" | "enticement" | "obscene-to-child";
    occurred: {
      raw: string;
      /** UTC, ISO 8601 */
      at?: string;
      zone: string;
    };
    status: "new" | "referred" | "closed";
    /** the number of the certificate by which it was, or is being, erased */
    erased?: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    tierText?: string;
    /** the first reason for the tier */
    why?: string;
    level?: "L0" | "L1" | "L2" | "L3" | "L4";
    levelText?: string;
    clock?: {
      /** UTC, ISO 8601 */
      endsAt: string;
      what: string;
    };
    evidence: number;
    samePerson: number;
    /** how often it arrived, with what was added to it: one thing to work on; absent for once */
    arrivals?: number;
    suggestedAgency?: string;
    /** countries that are not this station's own, by the firmest place that is known */
    abroad?: string[];
    outcomes: string[];
    delivery: "none" | "waiting" | "delivered" | "failed";
    /** who goes first: it never changes how urgent a report is */
    lane?: "standard" | "safeguarding-first";
    /** it has an item that many others hold: it says nothing of who is behind this report */
    campaign?: {
      id: string;
      holders: number;
    };
    child?: {
      state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
      /** by when an authority must have been told */
      dueAt: string;
    };
    /** another station has an interest in the same person, and nobody has released it; by when somebody must */
    conflict?: {
      /** UTC, ISO 8601 */
      dueAt: string;
    };
    /** what its sender used to fill and left empty: it changes neither urgency nor place */
    leftEmpty?: {
      field: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference";
      sender: string;
      /** when the sender began to leave it empty */
      since: string;
      /** on and over: it stands in the lane of format bursts, unless a later report fills it */
      state: "on" | "over" | "accepted" | "seen-to";
      /** a later report of the sender's that fills it */
      filledBy?: string;
    }[];
  }[];
  next?: string;
  counts: {
    new: number;
    referred: number;
    closed: number;
    /** new ones that stand behind another row: the same report, or added to it */
    behind: number;
    byTier: Record<"R1" | "R2" | "R3" | "R4" | "R5", number>;
    requests: {
      /** sent and not answered in full */
      open: number;
      /** of those, past the time by which the law wants an answer */
      overdue: number;
    };
    bursts: {
      /** new ones that leave empty what their sender used to fill, not seen to yet */
      reports: number;
      /** whose reports do not come as they used to, not seen to yet */
      senders: number;
    };
    /** deliveries and outcomes that have not arrived yet */
    waiting: number;
    children?: {
      /** new reports in the lane that puts safeguarding first */
      lane: number;
      /** a person must decide or tell an authority */
      open: number;
      overdue: number;
    };
    conflicts?: {
      open: number;
      /** of those, past the time by which somebody must have released them */
      overdue: number;
    };
  };
};

export type PostApiReportsIdClaimsBody = {
  about: {
    kind: "report";
  } | {
    kind: "evidence";
    id: string;
  } | {
    kind: "person";
    key: string;
  } | {
    kind: "ip";
    address: string;
  };
  states: {
    kind: "flag";
    flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
    value: boolean;
  } | {
    kind: "escalation";
    text: string;
  } | {
    kind: "industry-grade";
    grade: "A1" | "A2" | "B1" | "B2";
  } | {
    kind: "uk-category";
    category: "A" | "B" | "C";
    description?: string;
  } | {
    kind: "hash-match";
    list: string;
    match: "exact" | "perceptual";
    vetted: boolean;
    grade?: string;
    distance?: number;
    semantics?: string;
    probe?: string;
  } | {
    kind: "classifier";
    model: string;
    score: number;
  } | {
    kind: "network";
    network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
    country?: string;
  } | {
    kind: "franking";
    verified: boolean;
    fullConversation: boolean;
  } | {
    kind: "resolution";
    events: number;
    addressKind: "installation" | "billing" | "unknown";
    postcode?: string;
    country: string;
    corroborated: boolean;
  } | {
    kind: "account-disabled";
    permanent: boolean;
    value: boolean;
    disabledAt?: {
      raw: string;
      at?: string;
      zone: "stated" | "sender-default" | "assumed" | "none";
      offset?: string;
    };
    userNotified?: boolean;
    userNotifiedAt?: {
      raw: string;
      at?: string;
      zone: "stated" | "sender-default" | "assumed" | "none";
      offset?: string;
    };
    reenabledAt?: {
      raw: string;
      at?: string;
      zone: "stated" | "sender-default" | "assumed" | "none";
      offset?: string;
    };
  };
};

export type PostApiReportsIdEvidenceEvidenceIdGrantsBody = {
  purpose: "assess-the-report" | "identify-a-victim" | "identify-a-suspect" | "grade-the-material" | "prepare-a-referral" | "prepare-for-court" | "quality-check";
  note?: string;
};

export type PostApiReportsIdEvidenceEvidenceIdGrantsAnswer = {
  id: string;
  purpose: string;
  /** UTC, ISO 8601 */
  grantedAt: string;
  /** UTC, ISO 8601 */
  expiresAt: string;
  content: string;
  mediaType?: string;
};

export type PostApiReportsIdReferralsBody = {
  peer: string;
  agency?: string;
  reason: string;
};

export type PostApiReportsIdOutcomesBody = {
  kind: "arrest";
  arrests: number;
} | {
  kind: "charge";
  charges: number;
} | {
  kind: "children-safeguarded";
  children: number;
} | {
  kind: "no-further-action";
  reason: "not-an-offence" | "no-suspect-identified" | "data-expired" | "not-in-the-public-interest" | "outside-jurisdiction" | "already-known" | "other";
} | {
  kind: "useless";
  reason: "no-content" | "no-identifiers" | "viral-item" | "not-abuse-material" | "wrong-or-missing-time" | "cannot-be-located" | "other";
} | {
  kind: "duplicate";
  /** number of the report it repeats */
  of: string;
};

export type PostApiReportsIdUrgencyBody = {
  tier: "R1" | "R2" | "R3" | "R4" | "R5";
  reason: string;
};

export type GetApiRequestsAnswer = {
  requests: {
    id: string;
    report: string;
    number: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    level?: "L0" | "L1" | "L2" | "L3" | "L4";
    role: "own-station" | "trained-staff" | "sender" | "provider" | "network-operator" | "exchange";
    to?: string;
    askFor: string;
    state: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
    overdue: boolean;
    /** UTC, ISO 8601 */
    sentAt?: string;
    /** UTC, ISO 8601 */
    answerBy?: string;
    /** UTC, ISO 8601 */
    answerableUntil?: string;
    expected: {
      attribute: string;
      from: string;
      to: string;
      levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
      levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
    };
  }[];
  next?: string;
};

export type GetApiReportsIdSuggestedRequestsAnswer = {
  requests: {
    rule: string;
    role: "own-station" | "trained-staff" | "sender" | "provider" | "network-operator" | "exchange";
    to?: string;
    askFor: string;
    routes: {
      id: string;
      text: string;
      answerWithinDays?: number;
    }[];
    clock?: {
      /** UTC, ISO 8601 */
      until: string;
      ended: boolean;
    };
    expected: {
      attribute: string;
      from: string;
      to: string;
      levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
      levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
    };
    subject: string;
    body: string;
  }[];
};

export type PostApiReportsIdRequestsBody = {
  rule: string;
  /** the organisation that is asked */
  to?: string;
  subject: string;
  body: string;
  legalRoute?: string;
  /** why it is necessary and proportionate */
  necessity?: string;
};

export type PostApiReportsIdRequestsAnswer = {
  requests: {
    id: string;
    rule: string;
    ruleVersion: string;
    role: "own-station" | "trained-staff" | "sender" | "provider" | "network-operator" | "exchange";
    to?: string;
    askFor: string;
    routes: {
      id: string;
      text: string;
      answerWithinDays?: number;
    }[];
    legalRoute?: string;
    expected: {
      attribute: string;
      from: string;
      to: string;
      levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
      levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
    };
    subject: string;
    body: string;
    necessity?: string;
    /** the whole as plain text, to be copied or printed */
    letter: string;
    state: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
    overdue: boolean;
    /** UTC, ISO 8601 */
    draftedAt: string;
    sent?: {
      to: string;
      /** UTC, ISO 8601 */
      at: string;
      way: "portal" | "email" | "post" | "telephone" | "in-person" | "other";
      reference?: string;
    };
    /** UTC, ISO 8601 */
    answerBy?: string;
    /** UTC, ISO 8601 */
    answerableUntil?: string;
    steps: {
      to: "drafted" | "sent" | "answered-in-part" | "answered" | "refused" | "lapsed" | "withdrawn";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      note?: string;
    }[];
    answers: {
      id: string;
      provider: string;
      /** UTC, ISO 8601 */
      receivedAt: string;
      /** UTC, ISO 8601 */
      recordedAt: string;
      by: string;
      /** after the time by which the law or the request wanted it */
      late: boolean;
      facts: string[];
      changed?: {
        levelFrom: "L0" | "L1" | "L2" | "L3" | "L4";
        levelTo: "L0" | "L1" | "L2" | "L3" | "L4";
        tierFrom: "R1" | "R2" | "R3" | "R4" | "R5";
        tierTo: "R1" | "R2" | "R3" | "R4" | "R5";
        attributes: {
          attribute: string;
          from: string;
          to: string;
        }[];
      };
    }[];
  }[];
};

export type PutApiReportsIdRequestsRequestIdBody = {
  /** the organisation that is asked */
  to?: string;
  subject: string;
  body: string;
  legalRoute?: string;
  /** why it is necessary and proportionate */
  necessity?: string;
};

export type PostApiReportsIdRequestsRequestIdSentBody = {
  to: string;
  /** when it was sent, UTC */
  at: string;
  way: "portal" | "email" | "post" | "telephone" | "in-person" | "other";
  reference?: string;
};

export type PostApiReportsIdRequestsRequestIdAnswersBody = {
  /** whether it answers all that was asked */
  whole: boolean;
  provider: string;
  /** when it came, UTC */
  receivedAt: string;
  claims: {
    about: {
      kind: "report";
    } | {
      kind: "evidence";
      id: string;
    } | {
      kind: "person";
      key: string;
    } | {
      kind: "ip";
      address: string;
    };
    states: {
      kind: "flag";
      flag: "viewed-in-full" | "exif-viewed" | "publicly-available" | "viral" | "potential-meme" | "generative-ai" | "drawing" | "possible-self-production" | "physical-harm" | "violence" | "animal" | "live-stream" | "infant" | "home-production" | "sextortion" | "solicitation" | "minor-to-minor" | "spam" | "sadistic" | "grooming" | "live-abuse" | "threat-to-life" | "child-suicide-risk" | "meeting-within-72h" | "abduction" | "adult-with-child" | "contact-admission" | "identified-child" | "repeat-target" | "distribution" | "group-hosting" | "commercial" | "multiple-platforms" | "several-events" | "escalating" | "outrage" | "coercion" | "batched" | "reported-to-police" | "legal-process-domestic" | "legal-process-international" | "compromised-account" | "third-party-user" | "all-emails-reported" | "account-disabled-temporarily" | "account-disabled-permanently" | "contact-record" | "position-of-trust" | "access-to-children" | "prior-referral";
      value: boolean;
    } | {
      kind: "escalation";
      text: string;
    } | {
      kind: "industry-grade";
      grade: "A1" | "A2" | "B1" | "B2";
    } | {
      kind: "uk-category";
      category: "A" | "B" | "C";
      description?: string;
    } | {
      kind: "hash-match";
      list: string;
      match: "exact" | "perceptual";
      vetted: boolean;
      grade?: string;
      distance?: number;
      semantics?: string;
      probe?: string;
    } | {
      kind: "classifier";
      model: string;
      score: number;
    } | {
      kind: "network";
      network: "access" | "carrier-nat" | "vpn" | "tor" | "hosting" | "unknown";
      country?: string;
    } | {
      kind: "franking";
      verified: boolean;
      fullConversation: boolean;
    } | {
      kind: "resolution";
      events: number;
      addressKind: "installation" | "billing" | "unknown";
      postcode?: string;
      country: string;
      corroborated: boolean;
    } | {
      kind: "account-disabled";
      permanent: boolean;
      value: boolean;
      disabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      userNotified?: boolean;
      userNotifiedAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
      reenabledAt?: {
        raw: string;
        at?: string;
        zone: "stated" | "sender-default" | "assumed" | "none";
        offset?: string;
      };
    };
  }[];
  events: {
    person?: string;
    kind: "upload" | "send" | "login" | "registration" | "purchase" | "other" | "unknown";
    /** as the answer has it; its zone is read from it */
    time?: string;
    address?: string;
    port?: number;
  }[];
  note?: string;
};

export type PostApiReportsIdRequestsRequestIdRefusedBody = {
  note: string;
};

export type GetApiSendersAnswer = {
  senders: {
    id: string;
    name: string;
    month: string;
    reports: number;
    confirmed: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    viral: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    /** fields that it began to leave empty, and nobody has seen to */
    alarms: number;
  }[];
};

export type GetApiSendersIdAnswer = {
  id: string;
  name: string;
  /** the newest first */
  months: {
    sender: string;
    month: string;
    reports: number;
    /** 0 to 100; about the sender, never about a report's urgency */
    completeness?: number;
    fields: Record<"file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference", {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    }>;
    shares: Record<"confirmed" | "viral" | "viewedContradicted" | "escalated" | "generatedWrong" | "viralUnmarked", {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    }>;
  }[];
  /** what certainly differs from the sender's own earlier months */
  shifts: {
    name: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference" | "confirmed" | "viral" | "viewedContradicted" | "escalated" | "generatedWrong" | "viralUnmarked";
    now: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    before: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    direction: "up" | "down";
  }[];
  /** those that nobody has settled first */
  bursts: {
    id: string;
    field: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference" | "refused";
    /** how often it was filled; for `refused`, how many were refused */
    before: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    /** since the change, when it was found */
    now: {
      count: number;
      of: number;
      /** absent where there was nothing to count: unknown, not zero */
      share?: number;
      /** the true share lies above this, 19 times of 20 within the range */
      low: number;
      high: number;
    };
    /** when the first report of it came */
    since: string;
    /** when it was found */
    openedAt: string;
    /** over: filled again, and nobody has seen to what was left empty */
    state: "on" | "over" | "accepted" | "seen-to";
    /** UTC, ISO 8601 */
    recoveredAt?: string;
    /** that came in it and leave the field empty */
    reports: number;
    /** of those, for which the sender has sent a later report that fills it */
    filledLater: number;
    settled?: {
      /** UTC, ISO 8601 */
      at: string;
      how: "accepted" | "seen-to";
      by: string;
      reason: string;
    };
  }[];
};

export type PostApiSendersIdBurstsBurstAcceptBody = {
  reason: string;
};

export type GetApiSafeguardingAnswer = {
  /** the most pressing first */
  entries: {
    report: string;
    number: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    status: "new" | "referred" | "closed";
    /** UTC, ISO 8601 */
    receivedAt: string;
    state: "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";
    urgency: "at-once" | "harm" | "help";
    /** UTC, ISO 8601 */
    dueAt: string;
    overdue: boolean;
    child: "identified" | "identifiable" | "unknown";
    lane: "standard" | "safeguarding-first";
    areaName?: string;
    why?: string;
    /** of the referrals that stand */
    authorities: string[];
  }[];
  next?: string;
  counts: {
    /** a person must decide or tell an authority */
    open: number;
    overdue: number;
    told: number;
  };
  /** the station names an authority */
  configured: boolean;
};

export type PostApiReportsIdSafeguardingBody = {
  step: "decide";
  authority: string;
  reason: string;
} | {
  step: "not-needed";
  reason: string;
} | {
  step: "told";
  referral: string;
  how: "telephone" | "portal" | "in-person" | "other";
  /** who took it at the authority */
  takenBy: string;
  /** what the authority calls it */
  reference?: string;
} | {
  step: "answered";
  referral: string;
  /** who at the authority said so */
  answeredBy: string;
  reference?: string;
  /** what they will do */
  answer?: string;
} | {
  step: "withdraw";
  referral: string;
  reason: string;
};

export type PostApiReportsIdSafeguardingAnswer = {
  referral?: string;
};

export type GetApiPagesAnswer = {
  /** unanswered: the longest waiting first; answered: the newest first */
  pages: {
    id: string;
    /** absent only where it is about a task that is about no report */
    report?: string;
    /** the report's */
    number?: string;
    /** of the report now */
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    status?: "new" | "referred" | "closed";
    /** UTC, ISO 8601 */
    raisedAt: string;
    /** what fired, the newest first; never empty */
    triggers: {
      code: string;
      text: string;
      /** JSON Pointer to the field that made it fire */
      path: string;
      source: string;
      /** what stands in that field */
      says?: string;
    }[];
    /** how far it has escalated; counts while nobody has answered */
    stage: "owner" | "caseworkers" | "leads" | "everybody";
    /** UTC, ISO 8601 */
    escalatesAt?: string;
    /** this person is being called by it */
    rings: boolean;
    /** the task that it is about; absent: the report is immediate */
    task?: string;
    /** what it was about is over, or a wider circle was called */
    endedAt?: string;
    /** UTC, ISO 8601 */
    acknowledgedAt?: string;
    acknowledgedBy?: string;
    /** who has it now */
    owner?: string;
    mine: boolean;
    /** UTC, ISO 8601 */
    ownedSince?: string;
    /** to whom it went, and whether the outward channel took it */
    calls: {
      audience: "owner" | "caseworkers" | "leads" | "everybody";
      state: "none" | "intended" | "told" | "ended";
      attempts: number;
      lastError?: string;
      /** UTC, ISO 8601 */
      nextAttemptAt?: string;
      /** UTC, ISO 8601 */
      toldAt?: string;
    }[];
  }[];
  next?: string;
  unanswered: number;
  /** the station's clock */
  at: string;
};

export type GetApiHealthAnswer = {
  state: "well" | "red";
  checks: {
    id: "pages-unanswered" | "outward-channel" | "effects-standing" | "safeguarding-overdue";
    state: "well" | "red" | "not-configured";
    count: number;
    /** UTC, ISO 8601 */
    since?: string;
    detail?: string;
  }[];
};

export type GetApiTasksAnswer = {
  /** open: the oldest first; closed: the newest first */
  tasks: {
    id: string;
    kind: "refer" | "return-outcome" | "ask-peer" | "keep" | "sender-format" | "fetch-hashes" | "send-feedback" | "erase";
    /** incomplete: it arrived, is not all that was to be sent, and cannot be changed any more */
    what: "stands-still" | "refused" | "incomplete" | "keeping-ends" | "format-burst" | "erasing-waits" | "erasing-stands-still";
    text: string;
    /** absent where it is about no other station */
    peer?: string;
    /** of the peer, the sender or the bank */
    peerName?: string;
    /** the sender whose reports do not come as they used to */
    sender?: string;
    /** the bank of hashes that it is about */
    bank?: string;
    /** what has changed about them; empty for every other task */
    bursts: {
      id: string;
      field: "file" | "viewed" | "account" | "contact" | "event-address" | "event-port" | "event-time" | "event-zone" | "incident-meaning" | "chat" | "victim" | "flags" | "declared-hash" | "reference" | "refused";
      /** how often it was filled; for `refused`, how many were refused */
      before: {
        count: number;
        of: number;
        /** absent where there was nothing to count: unknown, not zero */
        share?: number;
        /** the true share lies above this, 19 times of 20 within the range */
        low: number;
        high: number;
      };
      /** since the change, when it was found */
      now: {
        count: number;
        of: number;
        /** absent where there was nothing to count: unknown, not zero */
        share?: number;
        /** the true share lies above this, 19 times of 20 within the range */
        low: number;
        high: number;
      };
      /** when the first report of it came */
      since: string;
      /** when it was found */
      openedAt: string;
      /** over: filled again, and nobody has seen to what was left empty */
      state: "on" | "over" | "accepted" | "seen-to";
      /** UTC, ISO 8601 */
      recoveredAt?: string;
      /** that came in it and leave the field empty */
      reports: number;
      /** of those, for which the sender has sent a later report that fills it */
      filledLater: number;
      settled?: {
        /** UTC, ISO 8601 */
        at: string;
        how: "accepted" | "seen-to";
        by: string;
        reason: string;
      };
    }[];
    /** the first end among reports whose keeping ends */
    endsAt?: string;
    /** UTC, ISO 8601 */
    openedAt: string;
    /** since when what has waited longest has stood still */
    since: string;
    /** how often it has sounded: after 15 min, 4 h and 24 h, or 30 days and 7 days before an end and at it; each in a wider circle */
    alarm: number;
    /** UTC, ISO 8601 */
    nextAlarmAt?: string;
    /** absent only where the station has nobody to give it to */
    owner?: {
      id: string;
      name: string;
      role: string;
    };
    mine: boolean;
    /** UTC, ISO 8601 */
    ownedSince?: string;
    /** what it is about, the longest waiting first, twenty at most */
    effects: {
      id: string;
      report: string;
      /** the report's */
      number: string;
      stage: "intended" | "sent" | "named" | "finishing" | "confirmed" | "refused" | "elsewhere" | "lapsed";
      /** when it got further than ever before */
      since: string;
      /** UTC, ISO 8601 */
      intendedAt: string;
      /** that failed */
      attempts: number;
      trouble?: "unreachable" | "answer-invalid" | "not-known" | "blocked" | "refused" | "fault";
      lastError?: string;
      /** absent: it is not tried again by itself */
      nextAttemptAt?: string;
    }[];
    /** how much it is about */
    count: number;
    closed?: {
      /** UTC, ISO 8601 */
      at: string;
      how: "through" | "elsewhere" | "seen-to";
      /** absent: it got through by itself */
      by?: string;
      reason?: string;
    };
  }[];
  next?: string;
  open: number;
  /** open and owned by whoever asks */
  mine: number;
  /** to whom a task can be handed */
  people: {
    id: string;
    name: string;
    role: string;
  }[];
  /** the station's clock */
  at: string;
};

export type PostApiTasksIdHandOnBody = {
  to: string;
};

export type PostApiTasksIdElsewhereBody = {
  reason: string;
  /** only this one of what the task is about */
  effect?: string;
};

export type PostApiReportsIdLinkDecisionsBody = {
  kind: "same" | "different";
  /** a person of the report; empty where nobody says who */
  person: string;
  other: {
    report: string;
    /** a person of the report; empty where nobody says who */
    person: string;
  };
  reason: string;
} | {
  kind: "never-link";
  value: {
    kind: string;
    value: string;
  };
  reason: string;
};

export type GetApiSubjectsSubjectAnswer = {
  subject: {
    id: string;
    /** persons of reports */
    members: number;
    reports: number;
    /** UTC, ISO 8601 */
    since: string;
    /** UTC, ISO 8601 */
    newest: string;
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    /** reports that nobody has worked yet */
    open: number;
    outcomes: number;
    owner?: {
      id: string;
      name: string;
      /** UTC, ISO 8601 */
      since: string;
      by: string;
    };
    frozen: ("too-large" | "different-persons")[];
    /** frozen, and nobody has looked at it yet as it is now */
    waiting: boolean;
    looked?: {
      name: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
    };
  };
  reports: {
    id: string;
    number: string;
    /** UTC, ISO 8601 */
    receivedAt: string;
    sender: string;
    incident: string;
    status: "new" | "referred" | "closed";
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    level?: "L0" | "L1" | "L2" | "L3" | "L4";
    persons: string[];
    outcomes: string[];
    referrals: {
      peer: string;
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      state: string;
    }[];
  }[];
  next?: string;
  bridges: {
    /** of the value; `decision` for a person's */
    kind: string;
    value: string;
    /** members of what would be left, the largest first */
    parts: number[];
  }[];
  colleagues: {
    id: string;
    name: string;
    role: string;
  }[];
  may: string[];
};

export type PostApiSubjectsSubjectOwnerBody = {
  /** whoever asks, if left out */
  owner?: string;
  reason?: string;
};

export type PostApiReportsIdArrivalDecisionsBody = {
  kind: "apart";
  reason: string;
} | {
  kind: "same" | "different";
  other: string;
  reason: string;
};

export type GetApiCampaignsAnswer = {
  campaigns: {
    id: string;
    /** files of the same bytes, and pictures that look alike */
    items: number;
    /** the first item's, hexadecimal */
    hash: string;
    kind: "exact" | "perceptual";
    holders: number;
    reports: number;
    senders: string[];
    countries: string[];
    /** UTC, ISO 8601 */
    firstSeen: string;
    /** UTC, ISO 8601 */
    lastSeen: string;
    lastWeek: number;
    weekBefore: number;
  }[];
};

export type GetApiCampaignsCampaignAnswer = {
  campaign: {
    id: string;
    /** files of the same bytes, and pictures that look alike */
    items: number;
    /** the first item's, hexadecimal */
    hash: string;
    kind: "exact" | "perceptual";
    holders: number;
    reports: number;
    senders: string[];
    countries: string[];
    /** UTC, ISO 8601 */
    firstSeen: string;
    /** UTC, ISO 8601 */
    lastSeen: string;
    lastWeek: number;
    weekBefore: number;
  };
  days: {
    day: string;
    sightings: number;
  }[];
  /** who still stands out, the weightiest first */
  leads: {
    report: string;
    number: string;
    status: "new" | "referred" | "closed";
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    subject?: string;
    reasons: {
      rule: string;
      text: string;
    }[];
  }[];
  /** open reports that show nothing beyond the item */
  copies: number;
  /** how many of these must be looked at before they are closed together */
  sampleSize: number;
  closing?: {
    id: string;
    /** UTC, ISO 8601 */
    openedAt: string;
    by: string;
    copies: number;
    closed: number;
    state: "looking" | "closed" | "stopped";
    sample: {
      report: string;
      number: string;
      found?: "copy" | "lead";
    }[];
  };
  may: string[];
};

export type PostApiCampaignsCampaignClosingsClosingSeenBody = {
  report: string;
  found: "copy" | "lead";
};

export type GetApiDeconflictionAnswer = {
  pairs: {
    peer: string;
    name: string;
    state: "on" | "no-key" | "off";
    unanswered?: {
      /** UTC, ISO 8601 */
      askedAt: string;
      /** UTC, ISO 8601 */
      deadline: string;
      overdue: boolean;
      attempts: number;
      lastError?: string;
    };
  }[];
  /** open ones, the longest overdue first; at most 200 */
  conflicts: {
    peer: string;
    peerName: string;
    contact?: string;
    side: "asked" | "was-asked";
    /** numbers to name when speaking with the other station */
    references: string[];
    state: "open" | "contacted" | "released";
    /** who has it; absent until a person does, and then it is the leads' */
    owner?: string;
    /** its owner is the person who looks */
    mine: boolean;
    /** UTC, ISO 8601 */
    openedAt: string;
    /** UTC, ISO 8601 */
    deadline: string;
    overdue: boolean;
    /** work that the other station could disturb waits */
    paused: boolean;
    release?: "we-continue" | "they-continue" | "together" | "not-the-same";
    /** oldest first */
    steps: {
      kind: "taken" | "contacted" | "handed-over" | "extended" | "released";
      /** UTC, ISO 8601 */
      at: string;
      by: string;
      /** who has it from then on */
      to?: string;
      /** UTC, ISO 8601 */
      until?: string;
      how?: "we-continue" | "they-continue" | "together" | "not-the-same";
      note?: string;
    }[];
    /** it has not been put off as often as it may be */
    mayExtend: boolean;
    report: string;
    number: string;
  }[];
  people: {
    id: string;
    name: string;
    role: string;
  }[];
};

export type PostApiReportsIdConflictsPeerStepsBody = {
  kind: "taken";
  note?: string;
} | {
  kind: "contacted";
  note?: string;
} | {
  kind: "handed-over";
  to: string;
  note?: string;
} | {
  kind: "extended";
  until: string;
  note: string;
} | {
  kind: "released";
  how: "we-continue" | "they-continue" | "together" | "not-the-same";
  note: string;
};

export type GetApiKeepingAnswer = {
  entries: {
    report: string;
    number: string;
    status: "new" | "referred" | "closed";
    tier?: "R1" | "R2" | "R3" | "R4" | "R5";
    sender: string;
    /** absent: a hold without an end */
    until?: string;
    /** what keeps it longest, where that is a law */
    law?: string;
    by: "law" | "hold" | "decision";
    hold?: {
      id: string;
      kind: "legal-hold" | "preservation-request";
      authority: string;
      reference?: string;
    };
    decided?: {
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
    };
  }[];
  next?: string;
  counts: {
    overdue: number;
    month: number;
    quarter: number;
    held: number;
    "let-go": number;
  };
  /** the station's clock */
  at: string;
};

export type GetApiReportsIdKeepingAnswer = {
  /** none: no clock is known, which is not leave to erase; ends-soon: within 30 days */
  state: "none" | "no-end" | "runs" | "ends-soon" | "over";
  /** when the content may be decided about */
  until?: string;
  /** UTC, ISO 8601 */
  referenceUntil?: string;
  /** the longest first */
  duties: {
    by: "law" | "hold" | "decision";
    /** of the law, the hold or the decision */
    id: string;
    law?: {
      id: string;
      name: string;
      text: string;
      source: string;
      /** for what the law lets it be kept longer without a duty */
      longerFor?: string;
    };
    /** the filing with whom started the law's clock */
    peer?: string;
    covers: "content" | "reference";
    /** UTC, ISO 8601 */
    from: string;
    /** absent: it has no end */
    until?: string;
    over: boolean;
  }[];
  /** what the sender must keep itself, as far as the way it came shows */
  sender: {
    name: string;
    duties: {
      law: {
        id: string;
        name: string;
        text: string;
        source: string;
        /** for what the law lets it be kept longer without a duty */
        longerFor?: string;
      };
      /** UTC, ISO 8601 */
      until: string;
      over: boolean;
    }[];
  };
  /** the newest first */
  holds: {
    id: string;
    kind: "legal-hold" | "preservation-request";
    authority: string;
    reference?: string;
    state: "stands" | "ended" | "released";
    /** absent: until somebody releases it */
    until?: string;
    lastDay?: {
      /** YYYY-MM-DD */
      day: string;
      /** IANA time zone whose midnight ends the day */
      zone: string;
    };
    /** placed by whoever asks, who therefore does not release it */
    mine: boolean;
    steps: {
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
      to: "placed" | "extended" | "released";
      lastDay?: {
        /** YYYY-MM-DD */
        day: string;
        /** IANA time zone whose midnight ends the day */
        zone: string;
      };
    }[];
  }[];
  /** the newest first */
  decisions: {
    by: string;
    /** UTC, ISO 8601 */
    at: string;
    reason: string;
    id: string;
    kind: "longer" | "let-go";
    lastDay?: {
      /** YYYY-MM-DD */
      day: string;
      /** IANA time zone whose midnight ends the day */
      zone: string;
    };
    /** nothing has happened since that calls for another */
    stands: boolean;
  }[];
  /** why nobody can decide yet that it may go */
  letGo?: "keeping.held" | "keeping.no-end" | "keeping.none" | "keeping.too-early";
  may: {
    hold: boolean;
    release: boolean;
    decide: boolean;
  };
  /** the station's clock */
  at: string;
  erasure: {
    last?: {
      /** of its certificate */
      number: string;
      /** erasing: there is no way back; stopped: something had happened since the confirmation */
      stage: "confirmed" | "erasing" | "erased" | "stopped";
      /** who confirmed it */
      by: string;
      /** UTC, ISO 8601 */
      at: string;
      reason: string;
      /** UTC, ISO 8601 */
      began?: string;
      /** UTC, ISO 8601 */
      erased?: string;
      /** why */
      stopped?: string;
      objects: number;
      /** objects that are destroyed already */
      shredded: number;
    };
    /** why whoever asks cannot confirm it now */
    problem?: "keeping.held" | "keeping.no-end" | "keeping.none" | "keeping.too-early" | "erasing.undecided" | "erasing.not-over" | "erasing.own-decision" | "erasing.in-flight" | "erasing.begun";
    /** whether their role confirms at all */
    may: boolean;
  };
  /** reports that strong links join to it: a hold on it can be placed on them as well, if a person says so */
  linked: {
    report: string;
    number: string;
    /** what links them */
    why: string[];
    /** a hold stands on it already */
    held: boolean;
  }[];
};

export type PostApiReportsIdHoldsBody = {
  kind: "legal-hold" | "preservation-request";
  /** who asks for it */
  authority: string;
  /** what they call it: a case, an order, a letter */
  reference?: string;
  reason: string;
  /** absent: until somebody releases it */
  lastDay?: {
    day: string;
    /** IANA time zone, such as Europe/London */
    zone: string;
  };
  /** linked reports on which the same hold is placed; each must be joined to it by a strong link */
  also?: string[];
};

export type PostApiReportsIdHoldsHoldExtendBody = {
  reason: string;
  lastDay?: {
    day: string;
    /** IANA time zone, such as Europe/London */
    zone: string;
  };
};

export type GetApiReportsIdErasureCertificateAnswer = {
  version: 1;
  /** a DSSE envelope */
  certificate: {
    payload: string;
  };
  leaf: {
    facts: {
      id: string;
      kind: string;
      at: string;
      actor: string;
      reportId: string | null;
      body: Record<string, unknown>;
    };
    /** base64 */
    salt: string;
    /** a C2SP tlog-proof with the signed checkpoint */
    proof: string;
  };
};

export type PostApiReportsIdKeepingDecisionsBody = {
  kind: "longer";
  reason: string;
  lastDay: {
    day: string;
    /** IANA time zone, such as Europe/London */
    zone: string;
  };
} | {
  kind: "let-go";
  reason: string;
};

export type PostApiReviewFilesSha256LooksAnswer = {
  id: string;
  /** UTC, ISO 8601 */
  expiresAt: string;
  content: string;
};

export type PostApiReviewLooksIdSeenBody = {
  /** without a veil, since the last time */
  seenMs: number;
  /** of that, with all of it in the window */
  wholeMs: number;
};

export type PostApiReviewFilesSha256DecisionBody = {
  decision: "report" | "leave";
  grade?: "A1" | "A2" | "B1" | "B2";
  note?: string;
  alsoFor?: string[];
};

export type PostApiReviewKnownBody = {
  reports: string[];
  reason: string;
};

export type PostApiReviewPoliciesBankBody = {
  exact: "nothing" | "review" | "report";
  perceptual: "nothing" | "review";
  reason: string;
};

export type PostApiBanksLookupBody = {
  value: string;
  /** cursor from the page before */
  after?: string;
};

export type PostApiBanksBankChangesBody = {
  seen: string;
  reason: string;
  enabled?: boolean;
  /** what this station takes the source's claims for */
  trust?: "vetted-graded" | "vetted" | "unvetted";
  categories?: string[] | null;
  tags?: string[] | null;
  members?: string[] | null;
};

export type PostApiBanksBankEntriesEntryFeedbackBody = {
  kind: "md5" | "sha1" | "sha256" | "pdq";
  /** the entry is right, or wrong */
  opinion: "affirmative" | "negative";
  /** ids of those that the source lists */
  reasons?: string[];
  note: string;
};

export type GetApiBanksBankEntriesEntryFeedbackReasonsAnswer = {
  /** at least one has to be named with a word against an entry */
  asks: boolean;
  reasons: {
    id: string;
    name: string;
  }[];
  /** when the source last listed them */
  at?: string;
};

export type PostApiAccountsAccountDecisionsBody = {
  decision: "keep" | "lift" | "longer";
  /** for `longer`: hidden for so long from now */
  days?: number;
  reason: string;
};

export type GetApiReportsIdUkDirectAnswer = {
  received?: {
    priority: "P1" | "P2" | "P3";
    why?: string;
    established: "uk" | "elsewhere";
    links: {
      basis: "place" | "suspect-nationality" | "suspect-location" | "victim-location";
      evidence: string;
    }[];
    declaration: boolean;
    follows?: string;
    items: {
      id: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      partOf?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      state: "held" | "not-held" | "not-asked";
      by: {
        kind: "sender";
        name: string;
      } | {
        kind: "station";
        id: string;
        name: string;
      } | {
        kind: "person";
        id: string;
        role: string;
      } | {
        kind: "list";
        name: string;
      } | {
        kind: "rule";
        id: string;
        version: string;
      };
      note?: string;
      values: string[];
    }[];
    reference: string;
    provider: string;
    /** UTC, ISO 8601 */
    issuedAt: string;
    /** UTC, ISO 8601 */
    referenceUntil: string;
    /** UTC, ISO 8601 */
    contentUntil: string;
    first?: {
      id: string;
      number: string;
      reference: string;
    };
    subsequent: {
      id: string;
      number: string;
      reference: string;
    }[];
    remarks: {
      weight: "refuses" | "remark";
      code: string;
      path: string;
      item?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      message: string;
      remedy: string;
    }[];
  };
  filings: {
    priority: "P1" | "P2" | "P3";
    why?: string;
    established: "uk" | "elsewhere";
    links: {
      basis: "place" | "suspect-nationality" | "suspect-location" | "victim-location";
      evidence: string;
    }[];
    declaration: boolean;
    follows?: string;
    items: {
      id: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      partOf?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      state: "held" | "not-held" | "not-asked";
      by: {
        kind: "sender";
        name: string;
      } | {
        kind: "station";
        id: string;
        name: string;
      } | {
        kind: "person";
        id: string;
        role: string;
      } | {
        kind: "list";
        name: string;
      } | {
        kind: "rule";
        id: string;
        version: string;
      };
      note?: string;
      values: string[];
    }[];
    id: string;
    peerName: string;
    state: "intended" | "sending" | "delivered" | "failed";
    lastError?: string;
    decidedBy: string;
    /** UTC, ISO 8601 */
    decidedAt: string;
    /** by the house's clock */
    dueAt: string;
    /** UTC, ISO 8601 */
    sendingSince?: string;
    reference?: string;
    /** UTC, ISO 8601 */
    issuedAt?: string;
    /** UTC, ISO 8601 */
    referenceUntil?: string;
    /** UTC, ISO 8601 */
    contentUntil?: string;
    /** UTC, ISO 8601 */
    relevantFrom?: string;
    /** UTC, ISO 8601 */
    relevantTo?: string;
    /** JSON Pointers to what Schedule 1 has no item for */
    left: string[];
  }[];
  offer?: {
    /** the form's own id: submitting it twice is one decision */
    id: string;
    peer: string;
    peerName: string;
    established: "uk" | "elsewhere";
    duty: {
      made: boolean;
      code: "uk.duty.uk-provider" | "uk.duty.uk-linked" | "uk.duty.covered" | "uk.duty.not-linked";
      /** who carries the report otherwise */
      by?: string;
      reference?: string;
    };
    clocks: {
      level: "P1" | "P2" | "P3";
      houseHours: number;
      /** UTC, ISO 8601 */
      dueAt: string;
    }[];
    level: "P1" | "P2" | "P3";
    why?: string;
    items: {
      id: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      partOf?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      state: "held" | "not-held" | "not-asked";
      by: {
        kind: "sender";
        name: string;
      } | {
        kind: "station";
        id: string;
        name: string;
      } | {
        kind: "person";
        id: string;
        role: string;
      } | {
        kind: "list";
        name: string;
      } | {
        kind: "rule";
        id: string;
        version: string;
      };
      note?: string;
      values: string[];
    }[];
    left: string[];
    /** unique references that this report has already, oldest first */
    references: string[];
    onItsWay: boolean;
  };
};

export type PostApiReportsIdUkDirectBody = {
  id: string;
  peer: string;
  choices: {
    priority: {
      level: "P1" | "P2" | "P3";
      why?: string;
    };
    follows?: string;
    links: {
      basis: "place" | "suspect-nationality" | "suspect-location" | "victim-location";
      evidence: string;
    }[];
    declaration: boolean;
    reporter?: {
      firstName?: string;
      lastName?: string;
      email?: string;
      phone?: string;
    };
    howDetected: string[];
    identityDocuments: string[];
    /** what somebody looked for and the provider does not have */
    notHeld: {
      item: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
      note?: string;
    }[];
  };
};

export type PostApiReportsIdUkDirectPreviewAnswer = {
  items: {
    id: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
    partOf?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
    state: "held" | "not-held" | "not-asked";
    by: {
      kind: "sender";
      name: string;
    } | {
      kind: "station";
      id: string;
      name: string;
    } | {
      kind: "person";
      id: string;
      role: string;
    } | {
      kind: "list";
      name: string;
    } | {
      kind: "rule";
      id: string;
      version: string;
    };
    note?: string;
    values: string[];
  }[];
  problems: {
    weight: "refuses" | "remark";
    code: string;
    path: string;
    item?: "reporting-person" | "detected-content" | "how-detected" | "platform" | "previous-report" | "upload-time" | "upload-connection" | "upload-port" | "upload-connection-time" | "exif" | "content-url" | "original-hash" | "username" | "email" | "recovery-email" | "phone" | "phone-verified-on" | "profile-url" | "billing" | "identity-documents" | "linked-accounts" | "login-connections";
    message: string;
    remedy: string;
  }[];
  left: string[];
  duty: {
    made: boolean;
    code: "uk.duty.uk-provider" | "uk.duty.uk-linked" | "uk.duty.covered" | "uk.duty.not-linked";
    /** who carries the report otherwise */
    by?: string;
    reference?: string;
  };
  /** UTC, ISO 8601 */
  dueAt: string;
};

export type GetApiPeersAnswer = {
  peers: {
    id: string;
    name: string;
    wire: string;
    waiting: number;
    /** UTC, ISO 8601 */
    oldestWaitingSince?: string;
    /** UTC, ISO 8601 */
    lastSuccessAt?: string;
    /** UTC, ISO 8601 */
    lastFailureAt?: string;
    lastFailure?: string;
    state: "well" | "waiting" | "failing" | "never-reached";
  }[];
};

export type GetApiAuditAnswer = {
  size: string;
  pending: number;
  checkpoint?: string;
  /** UTC, ISO 8601 */
  at?: string;
};

export type GetApiLeavesIdProofAnswer = {
  id: string;
  kind: string;
  at: string;
  leaf: string;
  proof: string;
  verifierKey: string;
};

export interface Operations {
  "GET /api/session": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiSessionAnswer;
  };
  "POST /api/session": {
    path: undefined;
    query: undefined;
    body: PostApiSessionBody;
    answer: GetApiSessionAnswer;
  };
  "DELETE /api/session": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  "GET /api/queue": {
    path: undefined;
    query: { status?: "new" | "behind" | "referred" | "closed" | "all"; lane?: "standard" | "safeguarding-first"; burst?: "true"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiQueueAnswer;
  };
  "GET /api/reports/{id}": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: ReportView;
  };
  "POST /api/reports/{id}/claims": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdClaimsBody;
    answer: ReportView;
  };
  "POST /api/reports/{id}/evidence/{evidenceId}/grants": {
    path: { id: string; evidenceId: string };
    query: undefined;
    body: PostApiReportsIdEvidenceEvidenceIdGrantsBody;
    answer: PostApiReportsIdEvidenceEvidenceIdGrantsAnswer;
  };
  "POST /api/reports/{id}/referrals": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdReferralsBody;
    answer: ReportView;
  };
  "POST /api/reports/{id}/outcomes": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdOutcomesBody;
    answer: ReportView;
  };
  "POST /api/reports/{id}/urgency": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdUrgencyBody;
    answer: ReportView;
  };
  "GET /api/requests": {
    path: undefined;
    query: { list?: "open" | "overdue" | "drafted" | "ended" | "all"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiRequestsAnswer;
  };
  "GET /api/reports/{id}/suggested-requests": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiReportsIdSuggestedRequestsAnswer;
  };
  "POST /api/reports/{id}/requests": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdRequestsBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "PUT /api/reports/{id}/requests/{requestId}": {
    path: { id: string; requestId: string };
    query: undefined;
    body: PutApiReportsIdRequestsRequestIdBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "POST /api/reports/{id}/requests/{requestId}/sent": {
    path: { id: string; requestId: string };
    query: undefined;
    body: PostApiReportsIdRequestsRequestIdSentBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "POST /api/reports/{id}/requests/{requestId}/answers": {
    path: { id: string; requestId: string };
    query: undefined;
    body: PostApiReportsIdRequestsRequestIdAnswersBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "POST /api/reports/{id}/requests/{requestId}/refused": {
    path: { id: string; requestId: string };
    query: undefined;
    body: PostApiReportsIdRequestsRequestIdRefusedBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "POST /api/reports/{id}/requests/{requestId}/withdrawn": {
    path: { id: string; requestId: string };
    query: undefined;
    body: PostApiReportsIdRequestsRequestIdRefusedBody;
    answer: PostApiReportsIdRequestsAnswer;
  };
  "GET /api/senders": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiSendersAnswer;
  };
  "GET /api/senders/{id}": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiSendersIdAnswer;
  };
  "POST /api/senders/{id}/bursts/{burst}/accept": {
    path: { id: string; burst: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiSendersIdAnswer;
  };
  "GET /api/safeguarding": {
    path: undefined;
    query: { list?: "open" | "told"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiSafeguardingAnswer;
  };
  "POST /api/reports/{id}/safeguarding": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdSafeguardingBody;
    answer: PostApiReportsIdSafeguardingAnswer;
  };
  "GET /api/pages": {
    path: undefined;
    query: { list?: "unanswered" | "answered"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiPagesAnswer;
  };
  "POST /api/pages/{id}/answer": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiPagesAnswer;
  };
  "POST /api/pages/{id}/take-over": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiPagesAnswer;
  };
  "GET /api/health": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiHealthAnswer;
  };
  "GET /api/tasks": {
    path: undefined;
    query: { list?: "open" | "closed"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/take-over": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/hand-on": {
    path: { id: string };
    query: undefined;
    body: PostApiTasksIdHandOnBody;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/retry": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/correct": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/elsewhere": {
    path: { id: string };
    query: undefined;
    body: PostApiTasksIdElsewhereBody;
    answer: GetApiTasksAnswer;
  };
  "POST /api/tasks/{id}/close": {
    path: { id: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiTasksAnswer;
  };
  "POST /api/reports/{id}/link-decisions": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdLinkDecisionsBody;
    answer: ReportView;
  };
  "POST /api/reports/{id}/link-decisions/{decision}/undo": {
    path: { id: string; decision: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: ReportView;
  };
  "GET /api/subjects/{subject}": {
    path: { subject: string };
    query: { after?: string };
    body: undefined;
    answer: GetApiSubjectsSubjectAnswer;
  };
  "POST /api/subjects/{subject}/owner": {
    path: { subject: string };
    query: undefined;
    body: PostApiSubjectsSubjectOwnerBody;
    answer: GetApiSubjectsSubjectAnswer;
  };
  "POST /api/subjects/{subject}/look": {
    path: { subject: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiSubjectsSubjectAnswer;
  };
  "POST /api/reports/{id}/arrival-decisions": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdArrivalDecisionsBody;
    answer: ReportView;
  };
  "POST /api/reports/{id}/arrival-decisions/{decision}/undo": {
    path: { id: string; decision: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: ReportView;
  };
  "GET /api/campaigns": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiCampaignsAnswer;
  };
  "GET /api/campaigns/{campaign}": {
    path: { campaign: string };
    query: undefined;
    body: undefined;
    answer: GetApiCampaignsCampaignAnswer;
  };
  "POST /api/campaigns/{campaign}/closings": {
    path: { campaign: string };
    query: undefined;
    body: undefined;
    answer: GetApiCampaignsCampaignAnswer;
  };
  "POST /api/campaigns/{campaign}/closings/{closing}/seen": {
    path: { campaign: string; closing: string };
    query: undefined;
    body: PostApiCampaignsCampaignClosingsClosingSeenBody;
    answer: GetApiCampaignsCampaignAnswer;
  };
  "POST /api/campaigns/{campaign}/closings/{closing}/close": {
    path: { campaign: string; closing: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiCampaignsCampaignAnswer;
  };
  "GET /api/deconfliction": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiDeconflictionAnswer;
  };
  "POST /api/reports/{id}/conflicts/{peer}/steps": {
    path: { id: string; peer: string };
    query: undefined;
    body: PostApiReportsIdConflictsPeerStepsBody;
    answer: ReportView;
  };
  "GET /api/keeping": {
    path: undefined;
    query: { list?: "overdue" | "month" | "quarter" | "held" | "let-go"; after?: string; limit?: number };
    body: undefined;
    answer: GetApiKeepingAnswer;
  };
  "GET /api/reports/{id}/keeping": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "POST /api/reports/{id}/holds": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdHoldsBody;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "POST /api/reports/{id}/holds/{hold}/extend": {
    path: { id: string; hold: string };
    query: undefined;
    body: PostApiReportsIdHoldsHoldExtendBody;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "POST /api/reports/{id}/holds/{hold}/release": {
    path: { id: string; hold: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "POST /api/reports/{id}/erasing-confirmations": {
    path: { id: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "GET /api/reports/{id}/erasure-certificate": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiReportsIdErasureCertificateAnswer;
  };
  "POST /api/reports/{id}/keeping-decisions": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdKeepingDecisionsBody;
    answer: GetApiReportsIdKeepingAnswer;
  };
  "GET /api/review": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ReviewState;
  };
  "POST /api/review/turns": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ReviewState;
  };
  "POST /api/review/files/{sha256}/give-back": {
    path: { sha256: string };
    query: undefined;
    body: undefined;
    answer: ReviewState;
  };
  "POST /api/review/files/{sha256}/hand-on": {
    path: { sha256: string };
    query: undefined;
    body: PostApiSendersIdBurstsBurstAcceptBody;
    answer: ReviewState;
  };
  "POST /api/review/files/{sha256}/looks": {
    path: { sha256: string };
    query: undefined;
    body: undefined;
    answer: PostApiReviewFilesSha256LooksAnswer;
  };
  "POST /api/review/looks/{id}/seen": {
    path: { id: string };
    query: undefined;
    body: PostApiReviewLooksIdSeenBody;
    answer: undefined;
  };
  "POST /api/review/files/{sha256}/decision": {
    path: { sha256: string };
    query: undefined;
    body: PostApiReviewFilesSha256DecisionBody;
    answer: ReviewState;
  };
  "POST /api/review/known": {
    path: undefined;
    query: undefined;
    body: PostApiReviewKnownBody;
    answer: ReviewState;
  };
  "GET /api/review/decided": {
    path: undefined;
    query: { after?: string };
    body: undefined;
    answer: DecidedList;
  };
  "GET /api/review/policies": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: MediaPolicies;
  };
  "POST /api/review/policies/{bank}": {
    path: { bank: string };
    query: undefined;
    body: PostApiReviewPoliciesBankBody;
    answer: MediaPolicies;
  };
  "GET /api/banks": {
    path: undefined;
    query: { after?: string };
    body: undefined;
    answer: BankList;
  };
  "POST /api/banks/lookup": {
    path: undefined;
    query: undefined;
    body: PostApiBanksLookupBody;
    answer: BankLookup;
  };
  "GET /api/banks/{bank}": {
    path: { bank: string };
    query: { after?: string };
    body: undefined;
    answer: BankView;
  };
  "GET /api/banks/{bank}/parts": {
    path: { bank: string };
    query: { after?: string; sort: "category" | "tag" | "member" };
    body: undefined;
    answer: BankParts;
  };
  "POST /api/banks/{bank}/changes": {
    path: { bank: string };
    query: undefined;
    body: PostApiBanksBankChangesBody;
    answer: BankView;
  };
  "GET /api/banks/{bank}/entries/{entry}": {
    path: { bank: string; entry: string };
    query: { after?: string };
    body: undefined;
    answer: BankEntry;
  };
  "GET /api/banks/{bank}/entries/{entry}/feedback": {
    path: { bank: string; entry: string };
    query: undefined;
    body: undefined;
    answer: BankFeedback;
  };
  "POST /api/banks/{bank}/entries/{entry}/feedback": {
    path: { bank: string; entry: string };
    query: undefined;
    body: PostApiBanksBankEntriesEntryFeedbackBody;
    answer: BankFeedback;
  };
  "GET /api/banks/{bank}/entries/{entry}/feedback/reasons": {
    path: { bank: string; entry: string };
    query: { kind: "md5" | "sha1" | "sha256" | "pdq" };
    body: undefined;
    answer: GetApiBanksBankEntriesEntryFeedbackReasonsAnswer;
  };
  "GET /api/accounts": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: WaitingAccounts;
  };
  "GET /api/accounts/{account}": {
    path: { account: string };
    query: undefined;
    body: undefined;
    answer: AccountPage;
  };
  "POST /api/accounts/{account}/decisions": {
    path: { account: string };
    query: undefined;
    body: PostApiAccountsAccountDecisionsBody;
    answer: AccountPage;
  };
  "GET /api/reports/{id}/uk-direct": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiReportsIdUkDirectAnswer;
  };
  "POST /api/reports/{id}/uk-direct": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdUkDirectBody;
    answer: GetApiReportsIdUkDirectAnswer;
  };
  "POST /api/reports/{id}/uk-direct/preview": {
    path: { id: string };
    query: undefined;
    body: PostApiReportsIdUkDirectBody;
    answer: PostApiReportsIdUkDirectPreviewAnswer;
  };
  "GET /api/peers": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiPeersAnswer;
  };
  "GET /api/audit": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: GetApiAuditAnswer;
  };
  "GET /api/leaves/{id}/proof": {
    path: { id: string };
    query: undefined;
    body: undefined;
    answer: GetApiLeavesIdProofAnswer;
  };
}
