import type { UkLinkBasis } from "./law.ts";

/** Another way by which the same matter has been reported, or is about to be. */
export interface Covering {
  /** Who took or takes it, as people call it: a clearinghouse of another country, a member of the provider's group. */
  by: string;
  /** `foreign-agency`: arrangements with an agency abroad, such as NCMEC. `group`: a member of the provider's group. */
  arrangement: "foreign-agency" | "group";
  /** What they call it, where that is known. */
  reference?: string | undefined;
}

export interface DutyFacts {
  established: "uk" | "elsewhere";
  links: ReadonlyArray<{ basis: UkLinkBasis }>;
  covering: readonly Covering[];
}

/** Whether a direct report is made. `code` is stable; a desk says it in words. */
export type Duty =
  | { made: true; code: "uk.duty.uk-provider" | "uk.duty.uk-linked"; provision: string }
  | { made: false; code: "uk.duty.covered"; provision: string; covering: Covering }
  | { made: false; code: "uk.duty.not-linked"; provision: string };

/**
 * Who reports directly (Online Safety Act 2023, ss.66 and 70): a provider of the United Kingdom everything that it detected and that is
 * unreported; another provider only what is linked to the United Kingdom. What arrangements with a foreign agency cover, mandatory or
 * voluntary, is not unreported: it is not made twice.
 */
export function directReportDuty({ established, links, covering }: DutyFacts): Duty {
  const [first] = covering;
  if (first !== undefined)
    return {
      made: false,
      code: "uk.duty.covered",
      provision: "Online Safety Act 2023, s.70 (unreported)",
      covering: first,
    };
  if (established === "uk")
    return { made: true, code: "uk.duty.uk-provider", provision: "Online Safety Act 2023, s.66" };
  if (links.length > 0)
    return {
      made: true,
      code: "uk.duty.uk-linked",
      provision: "Online Safety Act 2023, s.66 and s.70 (UK-linked)",
    };
  return {
    made: false,
    code: "uk.duty.not-linked",
    provision: "Online Safety Act 2023, s.66 and s.70 (UK-linked)",
  };
}
