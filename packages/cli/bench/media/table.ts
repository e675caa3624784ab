interface Figures {
  recall: number | null;
  precision: number | null;
}

interface Result {
  known: number;
  others: number;
  posts: number;
  medianMillisecondsAPost: Record<string, number>;
  kinds?:
    | ReadonlyArray<{
        edit: string;
        copies: number;
        others: number;
        exact: Figures;
        plain: Figures;
        quick?: Figures | undefined;
        deep?: Figures | undefined;
      }>
    | undefined;
}

/** The result for a person: recall/precision in hundredths. */
export function tableOf({ known, others, posts, medianMillisecondsAPost, kinds }: Result): string {
  const of = (figures: Figures | undefined) =>
    figures === undefined ? "-" : `${shown(figures.recall)}/${shown(figures.precision)}`;
  const lines = (kinds ?? []).map(({ edit, copies, others: not, exact, plain, quick, deep }) =>
    [
      edit.padEnd(26),
      ...[`${copies}+${not}`, of(exact), of(plain), of(quick), of(deep)].map((cell) => cell.padStart(12)),
    ].join(" "),
  );
  const head = ["recall/precision, %".padEnd(26)]
    .concat(["posts", "exact", "plain", "quick", "deep"].map((cell) => cell.padStart(12)))
    .join(" ");
  const times = Object.entries(medianMillisecondsAPost).map(([look, ms]) => `${look} ${ms}`);
  return `${known} pictures in the bank, ${others} that are not, ${posts} posts\n${head}\n${lines.join("\n")}\nmedian milliseconds a post: ${times.join(", ")}\n`;
}

function shown(share: number | null): string {
  return share === null ? "-" : String(Math.round(share * 1000) / 10);
}
