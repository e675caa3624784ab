/** The 45 territorial forces of the United Kingdom, by the names that data.police.uk and our routing use. */
export interface Area {
  force: string;
  /** Residents in hundred thousands, rounded: it only makes large forces frequent. */
  weight: number;
  /** Outward codes that lie wholly in the force's area. */
  outcodes: readonly string[];
}

/**
 * Where simulated people of the United Kingdom live. Outward codes are from Gibbs/uk-postcodes (CC0), the areas from the
 * Office for National Statistics (Open Government Licence v3).
 */
export const UK_AREAS: readonly Area[] = [
  { force: "avon-and-somerset", weight: 17, outcodes: ["BS1", "BS5", "BA1", "TA1"] },
  { force: "bedfordshire", weight: 7, outcodes: ["LU1", "LU5", "MK40", "MK42"] },
  { force: "cambridgeshire", weight: 9, outcodes: ["CB1", "CB4", "PE1", "PE29"] },
  { force: "cheshire", weight: 11, outcodes: ["CH1", "CW1", "WA1", "SK10"] },
  { force: "city-of-london", weight: 1, outcodes: ["EC2M", "EC3A", "EC4M", "EC2R"] },
  { force: "cleveland", weight: 6, outcodes: ["TS1", "TS5", "TS18", "TS24"] },
  { force: "cumbria", weight: 5, outcodes: ["CA1", "CA11", "LA9", "CA28"] },
  { force: "derbyshire", weight: 11, outcodes: ["DE1", "DE23", "S40", "SK17"] },
  { force: "devon-and-cornwall", weight: 18, outcodes: ["EX1", "PL1", "TR1", "TQ1"] },
  { force: "dorset", weight: 8, outcodes: ["BH1", "BH15", "DT1", "DT4"] },
  { force: "durham", weight: 6, outcodes: ["DH1", "DL1", "DL14", "SR8"] },
  { force: "dyfed-powys", weight: 5, outcodes: ["SA31", "SY23", "LD1", "SA61"] },
  { force: "essex", weight: 19, outcodes: ["CM1", "CO1", "SS1", "RM17"] },
  { force: "gloucestershire", weight: 6, outcodes: ["GL1", "GL50", "GL5", "GL7"] },
  { force: "greater-manchester", weight: 29, outcodes: ["M1", "M14", "BL1", "OL1"] },
  { force: "gwent", weight: 6, outcodes: ["NP20", "NP44", "NP23", "NP25"] },
  { force: "hampshire-and-isle-of-wight", weight: 20, outcodes: ["SO14", "PO1", "RG21", "PO30"] },
  { force: "hertfordshire", weight: 12, outcodes: ["AL1", "WD18", "SG1", "HP1"] },
  { force: "humberside", weight: 9, outcodes: ["HU1", "HU5", "DN31", "DN15"] },
  { force: "kent", weight: 19, outcodes: ["ME14", "CT1", "TN1", "DA1"] },
  { force: "lancashire", weight: 15, outcodes: ["PR1", "BB1", "FY1", "LA1"] },
  { force: "leicestershire", weight: 11, outcodes: ["LE1", "LE2", "LE11", "LE15"] },
  { force: "lincolnshire", weight: 8, outcodes: ["LN1", "NG31", "PE21", "PE25"] },
  { force: "merseyside", weight: 14, outcodes: ["L1", "L15", "CH41", "WA10"] },
  { force: "metropolitan", weight: 88, outcodes: ["SW9", "E8", "N16", "CR0"] },
  { force: "norfolk", weight: 9, outcodes: ["NR1", "NR30", "PE30", "IP24"] },
  { force: "north-wales", weight: 7, outcodes: ["LL11", "LL30", "LL57", "CH5"] },
  { force: "north-yorkshire", weight: 8, outcodes: ["YO1", "HG1", "YO11", "YO24"] },
  { force: "northamptonshire", weight: 8, outcodes: ["NN1", "NN3", "NN8", "NN14"] },
  { force: "northumbria", weight: 15, outcodes: ["NE1", "NE6", "SR1", "NE30"] },
  { force: "nottinghamshire", weight: 12, outcodes: ["NG1", "NG7", "NG18", "NG24"] },
  { force: "police-scotland", weight: 55, outcodes: ["G1", "EH6", "AB10", "DD1"] },
  { force: "psni", weight: 19, outcodes: ["BT1", "BT48", "BT28", "BT62"] },
  { force: "south-wales", weight: 13, outcodes: ["CF10", "SA1", "CF31", "CF37"] },
  { force: "south-yorkshire", weight: 14, outcodes: ["S1", "DN1", "S70", "S60"] },
  { force: "staffordshire", weight: 11, outcodes: ["ST1", "ST16", "WS13", "DE14"] },
  { force: "suffolk", weight: 8, outcodes: ["IP1", "IP33", "NR32", "IP4"] },
  { force: "surrey", weight: 12, outcodes: ["GU1", "KT22", "RH1", "TW18"] },
  { force: "sussex", weight: 17, outcodes: ["BN1", "BN21", "RH10", "TN34"] },
  { force: "thames-valley", weight: 25, outcodes: ["OX1", "RG1", "SL1", "MK9"] },
  { force: "warwickshire", weight: 6, outcodes: ["CV34", "CV21", "CV37", "CV11"] },
  { force: "west-mercia", weight: 13, outcodes: ["WR1", "HR1", "SY1", "TF1"] },
  { force: "west-midlands", weight: 29, outcodes: ["B1", "B15", "CV1", "WV1"] },
  { force: "west-yorkshire", weight: 24, outcodes: ["LS1", "LS6", "BD1", "HD1"] },
  { force: "wiltshire", weight: 7, outcodes: ["SN1", "SP1", "BA14", "SN10"] },
];

/**
 * Second letters of an inward code that Royal Mail never gives out. A simulated postcode has a real outward code, so that it
 * can be routed, and an inward code that nobody lives at.
 */
export const UNUSED_LETTERS = ["C", "I", "K", "M", "O", "V"] as const;
