export { bind } from "./state";
export { permute } from "./permute";
export { buildTable, findTwins } from "./build";
export { search, workOfLast } from "./search";
export { countNear, takeNear } from "./scan";
export { sweep } from "./sweep";
export { addRecent, bindRecent, recentBytes, removeRecent, searchRecent } from "./recent";
