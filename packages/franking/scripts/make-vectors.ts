import { makeVectors } from "../src/vectors/vectors-testing.ts";

// Prints what `src/vectors/franking.json` holds. A difference to it is a change of the format, and then other implementations break.
process.stdout.write(`${JSON.stringify(await makeVectors(), null, 2)}\n`);
