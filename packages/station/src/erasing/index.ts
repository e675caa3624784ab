export { eraseReport, wakeErasures } from "./advance.ts";
export {
  type CertificateFile,
  certificateFileSchema,
  certificateOf,
  type CheckedCertificate,
  checkCertificate,
} from "./certificate.ts";
export { confirmErasing } from "./confirm.ts";
export { erasureView } from "./view.ts";
export { standingErasures, waitingErasures } from "./waiting.ts";
