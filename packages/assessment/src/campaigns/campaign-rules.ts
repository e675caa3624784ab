/** The numbers behind campaigns. */
export interface CampaignRules {
  /** A file that more different holders than this have is a campaign: the number beyond which a value is nobody's in linking. */
  holders: number;
  /** Perceptual hashes of 256 bits that differ in at most this many are one picture (PDQ's own advice is 31). 0 to 255. */
  distance: number;
}

export const defaultCampaignRules: CampaignRules = { holders: 25, distance: 31 };
