/** The document that opens a report: root element `report`. */
import type { BatchReason } from "../schema/enumerations.ts";
import type { ContactPerson, Person } from "./common.ts";
import type { IncidentSummary, InternetDetails } from "./incident.ts";
import type { IntendedRecipient, PersonOrUserReported, Victim } from "./people.ts";

export interface BatchedReport {
  readonly reason: BatchReason;
}

export interface ServedLegalProcessInternational {
  readonly value: boolean;
  /** Country of the foreign law-enforcement agency. */
  readonly fleaCountry?: string;
}

export interface LawEnforcement {
  readonly agencyName: string;
  readonly caseNumber?: string;
  readonly officerContact?: ContactPerson;
  readonly reportedToLe?: boolean;
  readonly servedLegalProcessDomestic?: boolean;
  readonly servedLegalProcessInternational?: ServedLegalProcessInternational;
}

export interface Reporter {
  readonly reportingPerson: Person;
  readonly contactPerson?: ContactPerson;
  readonly companyTemplate?: string;
  readonly termsOfService?: string;
  readonly legalURL?: string;
}

export interface CyberTiplineReport {
  readonly batchedReport?: BatchedReport;
  readonly incidentSummary: IncidentSummary;
  readonly internetDetails?: readonly InternetDetails[];
  readonly lawEnforcement?: LawEnforcement;
  readonly reporter: Reporter;
  readonly personOrUserReported?: readonly PersonOrUserReported[];
  readonly intendedRecipient?: readonly IntendedRecipient[];
  readonly victim?: readonly Victim[];
  readonly additionalInfo?: string;
}
