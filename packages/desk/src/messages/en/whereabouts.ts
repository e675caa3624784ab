/** Where the person is, and what follows when that is abroad. */
export const whereabouts = {
  "whereabouts.title": "Where the person is",
  "whereabouts.country": "Country",
  "whereabouts.unknown": "nobody has said, and no address tells it",
  "whereabouts.abroad": "abroad",
  "whereabouts.disagree": "the places disagree: find out before anything is sent",
  "whereabouts.basis": "How it is known",
  "whereabouts.basis.resolved": "A network operator’s answer leads to one address.",
  "whereabouts.basis.declared": "Somebody gave an address; nobody has checked it.",
  "whereabouts.basis.geolocation":
    "Only by where an address range is registered: it tells a country at best, and never a force or a door.",
  "whereabouts.basis.none": "Nothing tells it.",
  "whereabouts.agency": "Who answers for the place",
  "whereabouts.agency-none": "no agency is on file for it",
  "whereabouts.hint": "a hint: no address has been resolved",
  "whereabouts.taker": "Goes abroad to",
  "whereabouts.taker-value": "{name}, for {countries}",
  "whereabouts.unserved.title": "No station is connected for {countries}",
  "whereabouts.unserved.here":
    "It is for the leads here to decide who is told there and by which way. This station sends nothing to {countries}.",
  "whereabouts.unserved.centre":
    "{centre} decides who is told there and by which way. This station sends nothing to {countries}.",
  "whereabouts.centre.title": "{centre} decides about {countries}",
  "whereabouts.centre.text":
    "This station refers nothing abroad. Tell them, and record the outcome “outside jurisdiction”: it travels back the way the report came.",
  "whereabouts.why": "Why",
  "queue.abroad": "abroad: {countries}",
  "chain.abroad": "abroad: {countries}",
} as const;
