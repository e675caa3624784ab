export { recordAnswer, settleAnswers } from "./answer.ts";
export { draftRequest, editRequest, endRequest, markSent } from "./decide.ts";
export { lapseRequest } from "./lapse.ts";
export { requestList } from "./list.ts";
export { proposals } from "./propose.ts";
export { REQUESTS_OF_REPORT, type RequestRow, requestViews } from "./view.ts";
