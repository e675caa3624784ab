/**
 * Every word that the simulator writes into a report or a file comes from the lists in this file, so that reading them is
 * reading all there is: weather, football, food, gardens and things on a table.
 */

export const ADJECTIVES = [
  "amber",
  "brisk",
  "calm",
  "copper",
  "crisp",
  "dapper",
  "early",
  "fallow",
  "gentle",
  "hazel",
  "indigo",
  "jolly",
  "keen",
  "level",
  "mellow",
  "narrow",
  "olive",
  "paper",
  "quiet",
  "rustic",
  "silver",
  "tidy",
  "upland",
  "velvet",
  "windy",
  "zesty",
] as const;

export const NOUNS = [
  "anchor",
  "badger",
  "basket",
  "beacon",
  "bridge",
  "button",
  "canal",
  "comet",
  "cricket",
  "ferry",
  "garden",
  "harbour",
  "hedgehog",
  "kettle",
  "kite",
  "ladder",
  "lantern",
  "magpie",
  "meadow",
  "otter",
  "paddle",
  "pebble",
  "pepper",
  "puffin",
  "quarry",
  "saddle",
  "scarf",
  "teapot",
  "thimble",
  "tractor",
  "trumpet",
  "turnip",
  "violin",
  "walnut",
  "whistle",
  "willow",
] as const;

export const CHAT_LINES = [
  "The rain should stop by four.",
  "Second half was better than the first.",
  "I put too much salt in the soup again.",
  "The bus was late, as ever.",
  "Did you see that save in extra time?",
  "We planted the beans along the fence.",
  "Bring a coat, it turns cold after six.",
  "The recipe says two eggs, I used three.",
  "They drew one all, which is fair.",
  "Fog on the coast this morning.",
  "Let the dough rest for an hour.",
  "The kite got stuck in the oak.",
  "Tickets for Saturday are sold out.",
  "Leeks and potatoes, nothing else.",
  "The forecast has changed three times today.",
  "He hit the post twice.",
  "A squirrel ate the tulip bulbs.",
  "We walked along the canal and back.",
  "The oven needs ten more minutes.",
  "Training is moved to Thursday.",
] as const;

export const NOTES = [
  "Sent by our automatic process.",
  "The account was made this year.",
  "The picture stood in an album with views of a harbour.",
  "Our reviewer added nothing to this report.",
  "The account also posts about gardening.",
  "The file came in through the mobile application.",
  "Times are those of our upload servers.",
  "The album is called Holiday by the lake.",
  "The account follows three football clubs.",
  "We have kept what we hold for one year.",
] as const;

export const RETRACTION = "We take back the earlier report that this one names: it was sent by mistake.";

export const AMENDMENT = "This report amends the earlier one that it names.";

/** What stands in a report that comes without content, because a wire may have no field for it. */
export const NO_CONTENT = {
  "behaviour-only": "Our model of how accounts behave singled this account out. Nobody saw any content.",
  "hash-only": "The hash of a file equals an entry of the Example Open List. We do not hold the file.",
} as const;

/** Why a sender asks for haste; the asking itself is what counts. */
export const ESCALATIONS = [
  "Please read this report first; our reviewer asks to be called back today.",
  "Our reviewer believes that this cannot wait until tomorrow.",
  "We ask for an answer within the hour and have told our duty manager.",
] as const;

/**
 * Harmless text that breaks software which does not escape: markup, SQL, templates, format strings, formulas, line ends,
 * marks that turn the writing direction and characters outside the first plane. None of it does anything where it is shown as text.
 */
export const INJECTIONS = [
  "<b>kite</b> & <i>kettle</i>",
  "</additionalInfo><additionalInfo>teapot",
  "<![CDATA[ willow ]]>",
  "<!-- meadow -->",
  "'; -- lantern",
  '" OR "1"="1',
  "{{7*7}}",
  "${7*7}",
  "%s%s%n",
  "=1+1",
  "../../pebble.txt",
  "first line\r\nSecond-Header: otter",
  "\u202Egnip-gnip\u202C back again",
  "\u2066left\u2069 and \u200Fright\u200E",
  "zero\u200Bwidth\uFEFF",
  "🪁🫖 e\u0301 \u{1F468}\u200D\u{1F33E}",
  "&#x26;&amp;amp;",
  "[[link|kite]] *bold* _under_ `code`",
] as const;

/** Letters that have a twin in the Cyrillic alphabet, which looks the same and is another character. */
export const TWINS: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  o: "о",
  p: "р",
  x: "х",
  y: "у",
};

export const PRODUCTS = ["albums", "chat", "groups", "stories", "board"] as const;

export const CAMERAS = ["Example Camera 1", "Example Camera 2", "Example Phone 7"] as const;
