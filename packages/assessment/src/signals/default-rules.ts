import { AGE_BANDS } from "./age-band.ts";
import { SAFETY_ACTIONS, type SignalRules } from "./rule.ts";

/** Whoever says that they are grown up, or nothing. */
const UNCHECKED = ["adult", "unknown"] as const;
const reviewBy = "2027-04-01";
const validFrom = "2026-11-01";
const CHOSEN = "chosen on the simulator's tuning seed; measured on others in docs/reports/signals.md";

/**
 * The rules of a hub. Every number is chosen: no law names one, and no platform publishes its own. Under them lies a limit of the hub's
 * own: no account has more than twenty requests to young strangers open that nobody accepted.
 */
export const defaultSignalRules: SignalRules = {
  version: "2026.11-1",
  silentDays: 7,
  floors: { review: 0.05, notice: 0.15, hide: 0.25 },
  floorsAtOneIn: 10_000,
  standsDays: { friction: 14, notice: 14, review: 30, hide: 14 },
  requestsADay: 2,
  keepEventsDays: 90,
  rules: [
    {
      id: "many-declined",
      windowDays: 28,
      accounts: UNCHECKED,
      needs: [
        { measure: "strangers", atLeast: 10 },
        { measure: "declined-share", atLeast: 0.6 },
      ],
      allows: ["friction"],
      lookAlikes: ["shop", "charity", "community", "advertiser"],
      measured: {
        atOneIn: 10_000,
        share: 0.009,
        low: 0.0084,
        of: "28d adult|unknown strangers>=10 declined-share>=0.6",
      },
      why: "Teams and classes say yes. Three of five strangers who say no or nothing is what advertising and trying one after the other have in common.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
    {
      id: "asks-and-blocked",
      windowDays: 28,
      accounts: AGE_BANDS,
      needs: [
        { measure: "strangers", atLeast: 6 },
        { measure: "blockers", atLeast: 3 },
        { measure: "known-share", atMost: 0.5 },
      ],
      allows: ["friction"],
      lookAlikes: ["advertiser", "shop", "quarrel", "community"],
      measured: {
        atOneIn: 10_000,
        share: 0.009,
        low: 0.0081,
        of: "28d under-13|13-15|16-17|adult|unknown strangers>=6 blockers>=3 known-share<=0.5",
      },
      why: "Blocks alone are mostly quarrels among young people. With requests to strangers beside them they point elsewhere as well; the age that somebody gave plays no part.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
    {
      id: "came-back",
      windowDays: 90,
      accounts: AGE_BANDS,
      needs: [
        { measure: "returns", atLeast: 1 },
        { measure: "strangers", atLeast: 5 },
        { measure: "declined-share", atLeast: 0.4 },
      ],
      allows: ["friction", "review"],
      lookAlikes: ["shared-device", "advertiser"],
      measured: {
        atOneIn: 10_000,
        share: 0.044,
        low: 0.033,
        of: "90d under-13|13-15|16-17|adult|unknown returns>=1 strangers>=5 declined-share>=0.4",
      },
      why: "Whoever was shown out and goes on as before. A device or a telephone number passes through families and shops, so it is nothing by itself.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
    {
      id: "declined-and-reported",
      windowDays: 90,
      accounts: AGE_BANDS,
      needs: [
        { measure: "strangers", atLeast: 8 },
        { measure: "declined-share", atLeast: 0.4 },
        { measure: "blockers", atLeast: 2 },
        { measure: "reporters", atLeast: 1 },
        { measure: "known-share", atMost: 0.2 },
      ],
      allows: ["friction", "review"],
      lookAlikes: ["advertiser", "charity", "community"],
      measured: {
        atOneIn: 10_000,
        share: 0.087,
        low: 0.075,
        of: "90d under-13|13-15|16-17|adult|unknown strangers>=8 declined-share>=0.4 blockers>=2 reporters>=1 known-share<=0.2",
      },
      why: "One proven report, two blocks and many strangers who declined, and hardly anybody known: the least at which one in twenty looks by a person finds something.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
    {
      id: "reported-twice",
      windowDays: 90,
      accounts: AGE_BANDS,
      needs: [
        { measure: "strangers", atLeast: 8 },
        { measure: "declined-share", atLeast: 0.4 },
        { measure: "reporters", atLeast: 2 },
        { measure: "known-share", atMost: 0.35 },
      ],
      allows: ["friction", "notice", "review"],
      lookAlikes: ["community", "advertiser", "quarrel"],
      measured: {
        atOneIn: 10_000,
        share: 0.3,
        low: 0.225,
        of: "90d under-13|13-15|16-17|adult|unknown strangers>=8 declined-share>=0.4 reporters>=2 known-share<=0.35",
      },
      why: "Two young people who report independently, among strangers who declined.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
    {
      id: "reported-and-blocked",
      windowDays: 90,
      accounts: AGE_BANDS,
      needs: [
        { measure: "strangers", atLeast: 8 },
        { measure: "declined-share", atLeast: 0.5 },
        { measure: "blockers", atLeast: 2 },
        { measure: "reporters", atLeast: 2 },
        { measure: "known-share", atMost: 0.35 },
      ],
      allows: SAFETY_ACTIONS,
      lookAlikes: ["community", "advertiser", "quarrel"],
      measured: {
        atOneIn: 10_000,
        share: 0.39,
        low: 0.267,
        of: "90d under-13|13-15|16-17|adult|unknown strangers>=8 declined-share>=0.5 blockers>=2 reporters>=2 known-share<=0.35",
      },
      why: "The same with two who blocked: of all that was tried on the tuning seed the one that was right most often.",
      source: CHOSEN,
      validFrom,
      reviewBy,
    },
  ],
};
