/** What can go wrong between the desk and its station. */
export type DeskErrorCode =
  /** The station answered, and said no: its own words are in `detail` and `remedy`. */
  | "refused"
  /** No answer came: whether the station acted is not known. */
  | "unreachable"
  /** Something answered that does not speak the desk's API, such as a proxy's page. */
  | "garbled";

/** RFC 9457, as the station writes it. */
export interface Problem {
  code: string;
  title: string;
  status: number;
  detail: string;
  remedy?: string;
  problems?: { path: string; message: string; remedy?: string }[];
}

export class DeskError extends Error {
  readonly code: DeskErrorCode;
  readonly problem: Problem | undefined;

  constructor(code: DeskErrorCode, problem?: Problem, cause?: unknown) {
    super(problem?.detail ?? code, { cause });
    this.name = "DeskError";
    this.code = code;
    this.problem = problem;
  }
}

/** Whether the station no longer knows who is asking. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof DeskError && error.problem?.status === 401;
}

/** Whether asking again could be answered differently: a refusal is final, silence and a station in trouble are not. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof DeskError) || error.problem === undefined || error.problem.status >= 500;
}

/** Reads an error answer's body; `undefined` when it is not a problem document. */
export function parseProblem(body: unknown): Problem | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { code, title, status, detail, remedy, problems } = body as Record<string, unknown>;
  if (typeof title !== "string" || typeof status !== "number" || typeof detail !== "string") return undefined;
  return {
    code: typeof code === "string" ? code : "",
    title,
    status,
    detail,
    ...(typeof remedy === "string" ? { remedy } : {}),
    ...(Array.isArray(problems) ? { problems: problems.filter(isFieldProblem) } : {}),
  };
}

function isFieldProblem(value: unknown): value is { path: string; message: string; remedy?: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    "message" in value &&
    typeof value.message === "string"
  );
}
