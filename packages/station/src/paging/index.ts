export { advancePage } from "./advance.ts";
export { acknowledgePage, reportOfPage, takeOverPage } from "./answer.ts";
export { healthOf } from "./health.ts";
export { newPage } from "./immediate.ts";
export { raisedPage } from "./raise.ts";
export { endTaskPages, raiseTaskPage } from "./task-page.ts";
export { pageList, type PageRow, PAGES_OF_REPORT, pageView } from "./view.ts";
