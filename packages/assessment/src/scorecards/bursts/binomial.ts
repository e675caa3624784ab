/**
 * The chance of at most `count` of `of` when each comes with chance `share`: the lower tail of the binomial distribution, summed exactly, in
 * logarithms, so that neither a long window nor a share near 0 or 1 is rounded away.
 */
export function chanceOfAtMost(count: number, of: number, share: number): number {
  if (count >= of) return 1;
  if (count < 0) return 0;
  if (share <= 0) return 1;
  if (share >= 1) return 0;
  const [logYes, logNo] = [Math.log(share), Math.log1p(-share)];
  let term = of * logNo;
  let top = term;
  const terms = [term];
  for (let n = 1; n <= count; n += 1) {
    term += Math.log((of - n + 1) / n) + logYes - logNo;
    terms.push(term);
    top = Math.max(top, term);
  }
  const sum = terms.reduce((total, each) => total + Math.exp(each - top), 0);
  return Math.min(1, Math.exp(top + Math.log(sum)));
}

/** The chance of at least `count` of `of`: the upper tail, as the lower one of those that do not come. */
export function chanceOfAtLeast(count: number, of: number, share: number): number {
  return chanceOfAtMost(of - count, of, 1 - share);
}
