import { writeFile } from "node:fs/promises";
import { answerTo, KNOWN_ANSWERS, knownAnswers } from "../src/testing/known-answers.ts";

// Answers the frozen slice anew after a rule was changed on purpose: node scripts/known-answers.ts, then read the difference line by line.

const lines = (await knownAnswers()).map((known) => JSON.stringify({ ...known, answer: answerTo(known) }));
await writeFile(KNOWN_ANSWERS, `${lines.join("\n")}\n`);
