import { dispatch } from "./dispatch.ts";
import { root } from "./house.ts";

// npm run bench -- NAME [--json]: measures one thing against its physical limit or a named peer.

process.exitCode = await dispatch(root, "bench", process.argv.slice(2));
