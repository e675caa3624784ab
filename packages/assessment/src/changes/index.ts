export { affectedBy, dependenceOf, type Change, type Dependence } from "./affected-by.ts";
export { nextChangeAt, saysTheSame } from "./next-change.ts";
export { readersOf, subjectContexts, type Member, type SubjectContext } from "./subject-context.ts";
