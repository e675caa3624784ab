import { documentCase, type Expected, type HostileCase } from "./case.ts";

const REFUSED: Expected = { statuses: [400], codes: [4100, 4110] };
const TOO_LARGE: Expected = { statuses: [400, 413], codes: [4110] };

const SUMMARY =
  "<incidentSummary><incidentType>Misleading Domain Name</incidentType><incidentDateTime>2026-01-01T00:00:00Z</incidentDateTime></incidentSummary>";
const REPORTER = "<reporter><reportingPerson><email>safety@example.com</email></reportingPerson></reporter>";
const GOOD = `<report>${SUMMARY}${REPORTER}<additionalInfo>a kite over a harbour</additionalInfo></report>`;
const withText = (text: string) => GOOD.replace("a kite over a harbour", text);
const withAttribute = (text: string) => GOOD.replace("<reporter>", `<reporter ${text}>`);

/** Documents that must be refused, each by one trick. */
export function xmlCases(): HostileCase[] {
  return [
    ...doctypes(),
    ...references(),
    ...encodings(),
    ...nesting(),
    ...floods(),
    ...cuts(),
    ...controls(),
    ...names(),
  ];
}

function doctypes(): HostileCase[] {
  const laughs = (depth: number) =>
    Array.from({ length: depth }, (_, n) =>
      n === 0 ? '<!ENTITY k0 "kite">' : `<!ENTITY k${n} "${`&k${n - 1};`.repeat(10)}">`,
    ).join("");
  const subsets: Record<string, string> = {
    empty: "",
    "an internal entity": '[<!ENTITY k0 "kite">]',
    "a file": '[<!ENTITY k0 SYSTEM "file:///etc/hostname">]',
    "another host": '[<!ENTITY k0 SYSTEM "http://192.0.2.1/kite">]',
    "a public entity": '[<!ENTITY k0 PUBLIC "-//kite" "http://192.0.2.1/kite">]',
    "a parameter entity": '[<!ENTITY % k SYSTEM "http://192.0.2.1/kite.dtd"> %k;<!ENTITY k0 "">]',
    "an external subset": 'SYSTEM "http://192.0.2.1/kite.dtd"',
    "a notation": '[<!NOTATION kite SYSTEM "kite"><!ENTITY k0 "">]',
    "an attribute list": '[<!ATTLIST report kite CDATA "harbour"><!ENTITY k0 "">]',
    "a recursion": '[<!ENTITY k0 "&k1;"><!ENTITY k1 "&k0;">]',
    "a quadratic blow-up": `[<!ENTITY k0 "${"kite ".repeat(10_000)}">]`,
    ...Object.fromEntries([2, 3, 5, 8, 10, 20].map((depth) => [`${depth} laughs`, `[${laughs(depth)}]`])),
  };
  const prologs = { none: "", declared: '<?xml version="1.0" encoding="UTF-8"?>', marked: "\ufeff" };
  return Object.entries(subsets).flatMap(([subset, text]) =>
    Object.entries(prologs).flatMap(([prolog, before]) =>
      ["&k0;", "kite"].map((use) =>
        documentCase(
          "xml-doctype",
          `${subset}, prolog ${prolog}, text ${use}`,
          `${before}<!DOCTYPE report ${text}>${withText(use.repeat(3))}`,
          REFUSED,
        ),
      ),
    ),
  );
}

function references(): HostileCase[] {
  const all = [
    "&nbsp;",
    "&kite;",
    "&",
    "& ",
    "&amp",
    "&;",
    "&#;",
    "&#x;",
    "&#0;",
    "&#x0;",
    "&#1;",
    "&#x1F;",
    "&#xD800;",
    "&#xDFFF;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#1114112;",
    "&#x110000;",
    "&#99999999999999999999;",
    `&#x${"F".repeat(200)};`,
    "&#-1;",
    "&#+65;",
    "&# 65;",
    "&#6 5;",
    "&#x4G;",
    "&__proto__;",
    "&constructor;",
    "&toString;",
    "&AMP;",
    "&Lt;",
  ];
  return all.flatMap((reference) => [
    documentCase("xml-reference", `${reference.slice(0, 30)} in text`, withText(reference), REFUSED),
    documentCase(
      "xml-reference",
      `${reference.slice(0, 30)} in an attribute`,
      withAttribute(`kite="${reference}"`),
      REFUSED,
    ),
  ]);
}

function encodings(): HostileCase[] {
  const declared = [
    "utf-16",
    "UTF-16LE",
    "UTF-16BE",
    "UTF-32",
    "UTF-7",
    "ISO-8859-1",
    "windows-1252",
    "Shift_JIS",
    "GB18030",
    "EBCDIC-CP-US",
    "IBM037",
    "KOI8-R",
    "x-user-defined",
    "ISO-10646-UCS-2",
    "ISO-2022-JP",
    "BOCU-1",
    "SCSU",
    "US-ASCII-kite",
    "",
    " ",
    "kite",
  ];
  const bad: Record<string, number[]> = {
    "an overlong NUL": [0xc0, 0x80],
    "an overlong slash": [0xc0, 0xaf],
    "an overlong two": [0xc1, 0xbf],
    "an overlong three": [0xe0, 0x80, 0xaf],
    "an overlong four": [0xf0, 0x80, 0x80, 0xaf],
    "five bytes": [0xf8, 0x88, 0x80, 0x80, 0x80],
    "six bytes": [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
    "above the last character": [0xf4, 0x90, 0x80, 0x80],
    "a high surrogate": [0xed, 0xa0, 0x80],
    "a low surrogate": [0xed, 0xb0, 0x80],
    "a pair in CESU-8": [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    "a lone continuation": [0x80],
    "two continuations": [0xbf, 0xbf],
    "a cut two": [0xc3],
    "a cut three": [0xe2, 0x82],
    "a cut four": [0xf0, 0x9f, 0x98],
    FE: [0xfe],
    FF: [0xff],
    "Latin-1": [0xe9],
    "U+FFFE": [0xef, 0xbf, 0xbe],
    "U+FFFF": [0xef, 0xbf, 0xbf],
  };
  const places = ["harbour", "reporter>", "2026-01", "safety"];
  const spliced = (bytes: number[], place: string) => {
    const [before = "", after = ""] = GOOD.split(new RegExp(`(?=${place})`), 2);
    const rest = GOOD.slice(before.length);
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after === "" ? "" : rest)]);
  };
  const wide = Buffer.from(GOOD, "utf16le");
  return [
    ...declared.map((encoding) =>
      documentCase(
        "xml-encoding",
        `declared as ${encoding}`,
        `<?xml version="1.0" encoding="${encoding}"?>${GOOD}`,
        REFUSED,
      ),
    ),
    ...Object.entries(bad).flatMap(([name, bytes]) =>
      places.map((place) =>
        documentCase("xml-encoding", `${name} before ${place}`, spliced(bytes, place), REFUSED),
      ),
    ),
    documentCase("xml-encoding", "UTF-16LE", wide, REFUSED),
    documentCase(
      "xml-encoding",
      "UTF-16LE, marked",
      Buffer.concat([Buffer.from([0xff, 0xfe]), wide]),
      REFUSED,
    ),
    documentCase("xml-encoding", "UTF-16BE", Buffer.from(wide).swap16(), REFUSED),
    documentCase(
      "xml-encoding",
      "UTF-16BE, marked",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()]),
      REFUSED,
    ),
  ];
}

function nesting(): HostileCase[] {
  return [65, 66, 100, 1000, 10_000, 100_000, 200_000].flatMap((depth) =>
    ["report", "kite", "additionalInfo"].flatMap((name) =>
      ["closed", "open", "inside"].map((how) => {
        const deep = `<${name}>`.repeat(depth) + (how === "open" ? "" : `</${name}>`.repeat(depth));
        return documentCase(
          "xml-depth",
          `${depth} deep, ${name}, ${how}`,
          how === "inside" ? withText(deep) : deep,
          TOO_LARGE,
        );
      }),
    ),
  );
}

function floods(): HostileCase[] {
  const attributes: Record<string, (n: number) => string> = {
    plain: (n) => `k${n}="v"`,
    namespaces: (n) => `xmlns:k${n}="urn:kite"`,
    doubled: () => 'kite="v"',
    long: (n) => `${"k".repeat(50)}${n}="${"v".repeat(50)}"`,
  };
  const nodes: Record<string, string> = {
    elements: "<k/>",
    comments: "<!---->",
    "processing instructions": "<?kite?>",
    "CDATA sections": "<![CDATA[]]>",
    "pairs of elements": "<k></k>",
  };
  return [
    ...Object.entries(attributes).flatMap(([name, make]) =>
      [65, 100, 1000, 10_000, 30_000].map((count) =>
        documentCase(
          "xml-attributes",
          `${count} attributes, ${name}`,
          withAttribute(Array.from({ length: count }, (_, n) => make(n)).join(" ")),
          TOO_LARGE,
        ),
      ),
    ),
    ...Object.entries(nodes).flatMap(([name, node]) =>
      [100_001, 200_000].map((count) =>
        documentCase("xml-nodes", `${count} ${name}`, withText(node.repeat(count)), TOO_LARGE),
      ),
    ),
    ...[20_001, 50_000, 200_000].map((count) =>
      documentCase("xml-nodes", `${count} references by number`, withText("&#65;".repeat(count)), TOO_LARGE),
    ),
    ...[1, 2].map((times) =>
      documentCase(
        "xml-size",
        `${times} x 4 MiB and a little`,
        withText("kite ".repeat(times * 900_000)),
        TOO_LARGE,
      ),
    ),
    ...["<?xml-stylesheet href='http://192.0.2.1/'?>", "<?php kite ?>", "<?xml version='1.0'?>"].map((text) =>
      documentCase("xml-instruction", text, withText(text), REFUSED),
    ),
    ...[
      "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/hostname'/>",
      "<x:kite/>",
      "<xml:kite/>",
    ].map((text) => documentCase("xml-instruction", text.slice(0, 20), withText(text), REFUSED)),
  ];
}

/** A good document, cut short after each of its first so many bytes. */
function cuts(): HostileCase[] {
  return Array.from({ length: 160 }, (_, n) => Math.floor((n * (GOOD.length - 1)) / 160)).map((length) =>
    documentCase("xml-cut", `after ${length} bytes`, GOOD.slice(0, length), REFUSED),
  );
}

function controls(): HostileCase[] {
  const places = [0, 1, 8, 30, 90, 150, GOOD.indexOf("harbour"), GOOD.length - 3];
  return Array.from({ length: 32 }, (_, code) => code)
    .filter((code) => ![9, 10, 13].includes(code))
    .flatMap((code) =>
      places.map((at) =>
        documentCase(
          "xml-control",
          `U+${code.toString(16).padStart(4, "0")} at ${at}`,
          GOOD.slice(0, at) + String.fromCharCode(code) + GOOD.slice(at),
          REFUSED,
        ),
      ),
    );
}

/** Names that mean something to JavaScript mean nothing here. */
function names(): HostileCase[] {
  const all = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "then",
    "length",
  ];
  return all.flatMap((name) => [
    documentCase("xml-prototype", `${name} as the root`, `<${name}/>`, REFUSED),
    documentCase("xml-prototype", `${name} as an element`, withText(`<${name}>true</${name}>`), REFUSED),
    documentCase(
      "xml-prototype",
      `${name} first in the report`,
      GOOD.replace("<report>", `<report><${name}/>`),
      REFUSED,
    ),
    documentCase("xml-prototype", `${name} as an attribute`, withAttribute(`${name}="true"`), REFUSED),
    documentCase(
      "xml-prototype",
      `${name} as details`,
      `<fileDetails><${name}>1</${name}></fileDetails>`,
      REFUSED,
      "fileinfo",
    ),
    documentCase("xml-prototype", `${name} as a type`, GOOD.replace("Misleading Domain Name", name), REFUSED),
  ]);
}
