import { dispatch } from "./dispatch.ts";
import { root } from "./house.ts";

// npm run deep -- NAME: the long sweeps of which npm test runs only a slice.

process.exitCode = await dispatch(root, "deep", process.argv.slice(2));
