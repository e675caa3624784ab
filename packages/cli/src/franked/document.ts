/** A document for people, in the few forms that both Markdown and a page have. */
export interface PlainDocument {
  title: string;
  blocks: Block[];
}

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string }
  /** Stands out: what must not be overlooked. */
  | { kind: "notice"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; columns: readonly string[]; rows: ReadonlyArray<readonly string[]> }
  /** Text to be copied as it stands. */
  | { kind: "verbatim"; text: string };

/** CommonMark with pipe tables. Nothing that came from a report is read as markup. */
export function toMarkdown({ title, blocks }: PlainDocument): string {
  return `${[`# ${escapeMarkdown(title)}`, ...blocks.map(blockMarkdown)].join("\n\n")}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${escapeMarkdown(block.text)}`;
    case "paragraph":
      return escapeMarkdown(block.text);
    case "notice":
      return `> **${escapeMarkdown(block.text)}**`;
    case "list":
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join("\n");
    case "table":
      return [block.columns, block.columns.map(() => "---"), ...block.rows]
        .map(
          (row, index) => `| ${row.map((cell) => (index === 1 ? cell : escapeMarkdown(cell))).join(" | ")} |`,
        )
        .join("\n");
    case "verbatim":
      return block.text
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n");
    default:
      return block satisfies never;
  }
}

/** Every character that may begin markup, and line ends, which would end a cell or a list item. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&").replaceAll(/\s*\n\s*/g, " ");
}

/** A page of its own: no scripts, nothing loaded from anywhere, readable on paper. */
export function toHtml({ title, blocks }: PlainDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${blocks.map(blockHtml).join("\n")}
</main>
</body>
</html>
`;
}

const STYLE = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,"Liberation Sans",Arial,sans-serif;margin:0}
main{max-width:52rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}
p,li,td,th{overflow-wrap:anywhere}
.notice{border-inline-start:4px solid;padding:.5rem 1rem;font-weight:600}
pre{padding:.75rem 1rem;border:1px solid;white-space:pre-wrap;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid;min-width:4rem}
@media print{main{max-width:none;padding:0}}
`.trim();

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "notice":
      return `<p class="notice">${escapeHtml(block.text)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")}\n</ul>`;
    case "table":
      return tableHtml(block);
    case "verbatim":
      return `<pre>${escapeHtml(block.text)}</pre>`;
    default:
      return block satisfies never;
  }
}

function tableHtml({ columns, rows }: Extract<Block, { kind: "table" }>): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`);
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and for quoted attributes. Control characters and direction marks are shown, not obeyed. */
function escapeHtml(text: string): string {
  return text
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "\ufffd")
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
