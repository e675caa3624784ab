export { campaignOf, type CampaignMark } from "./campaign-of.ts";
export { closeCopies, drawSample, noteSample, type SampleFinding } from "./closing.ts";
export { campaignLeads, campaignOfId, type CampaignFacts, listCampaigns, openClosing } from "./read.ts";
export { sampleSize } from "./sample.ts";
export { reopenCopies } from "./reopen.ts";
export { forgetSightings, rollUpCampaigns, rollUpLater } from "./roll-up.ts";
export { noteSightings } from "./sightings.ts";
