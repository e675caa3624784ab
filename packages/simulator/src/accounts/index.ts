export type { Behaviour } from "./behaviour.ts";
export { OFFENDING_ACCOUNTS, ORDINARY_ACCOUNTS } from "./behaviour.ts";
export {
  ACCOUNT_DAYS,
  ACCOUNTS_FROM,
  simulateAccounts,
  type SimulateAccountsOptions,
  type SimulatedAccount,
  type SimulatedAccountEvent,
} from "./simulate-accounts.ts";
