/**
 * Ofcom's numbers for drama: a thousand for each of these starts, allotted to nobody ("Telephone numbers for use in TV and radio
 * drama programmes"). They are all the telephone numbers that a stream has: nineteen thousand, each given once, because a verified
 * number names one person. Other countries' people have none.
 */
const DRAMA_STARTS = [
  "07700900",
  "01632960",
  "01134960",
  "01144960",
  "01154960",
  "01164960",
  "01174960",
  "01214960",
  "01314960",
  "01414960",
  "01514960",
  "01614960",
  "01914980",
  "02079460",
  "02896496",
  "02920180",
  "03069990",
  "08081570",
] as const;
const EACH = 1000;

/** How many numbers there are to give. */
export const DRAMA_NUMBERS = DRAMA_STARTS.length * EACH;

/** The number with this place in the list, in national form. */
export function dramaNumber(place: number): string | null {
  const start = DRAMA_STARTS[Math.floor(place / EACH)];
  return start === undefined ? null : `${start}${String(place % EACH).padStart(3, "0")}`;
}
