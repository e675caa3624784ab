import { Icon } from "./icon.tsx";

const COLOURS = 6;

interface Props {
  /** What the colour comes from: the same person has the same colour everywhere. */
  seed: string;
  name: string;
  isGroup?: boolean;
  size?: "small" | "plain" | "large";
}

/** A coloured disc with the first letters of a name: pictures of people would have to be looked after by the hub. */
export function Face({ seed, name, isGroup = false, size = "plain" }: Props) {
  return (
    <span className={`face face-${size} face-${colourOf(seed)}`} aria-hidden="true">
      {isGroup ? <Icon name="group" /> : initialsOf(name)}
    </span>
  );
}

/** The first letters, as people see letters, of the first and last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => firstLetter(word ?? "")).join("");
}

function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word);
  return (first?.segment ?? "").toLocaleUpperCase();
}

function colourOf(seed: string): number {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % COLOURS;
}
