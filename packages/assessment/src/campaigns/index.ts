export {
  campaignsOf,
  growthOf,
  openCampaignIndex,
  type Campaign,
  type CampaignIndex,
  type CampaignItem,
} from "./campaign-index.ts";
export { defaultCampaignRules, type CampaignRules } from "./campaign-rules.ts";
export { LEAD_RULES, leadsOf, type CampaignReport, type Lead, type LeadReason } from "./leads.ts";
export { openPerceptualIndex, type PerceptualIndex } from "./perceptual-index.ts";
export { sightingsOf, type Sighting } from "./sighting.ts";
