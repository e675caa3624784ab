export { decideUkFiling, type NewUkFiling } from "./decide.ts";
export { fileByUkDirect } from "./file.ts";
export { ukOpenApi } from "./openapi.ts";
export { keepUkReport, receiptOf } from "./receive.ts";
export { plain, previewUkFiling, ukDirectView } from "./view.ts";
export { REPORT_FIELD, UK_OPENAPI, UK_RECEIPTS, UK_REPORTS } from "./wire.ts";
