/** `0.424` as `42%`; what is not quite all or not quite nothing never reads as if it were. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 100 && share < 1) return ">99%";
  if (whole === 0 && share > 0) return "<1%";
  return `${whole}%`;
}
