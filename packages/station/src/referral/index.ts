export { advanceReferral } from "./advance.ts";
export { decideReferral, type NewReferral } from "./decide.ts";
export { referredReportSchema, type ReferredReport } from "./referred-report.ts";
export { packageBytes, sendPackage } from "./send-package.ts";
export { speaker } from "./seal.ts";
