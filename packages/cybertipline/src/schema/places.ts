/**
 * Codes of countries and of states of the United States. Both wire types also admit the empty string.
 */

const ISO_3166_1_ALPHA_2 =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
  "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
  "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
  "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT " +
  "MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
  "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG " +
  "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/** Officially assigned two-letter codes of ISO 3166-1. */
export const ISO_COUNTRIES: ReadonlySet<string> = new Set(ISO_3166_1_ALPHA_2.split(" "));

/**
 * Codes that the wire admits beside ISO 3166-1: those that IP geolocation databases give to proxies (A1), satellite
 * links (A2), "other" (O1) and Europe (EU), two withdrawn codes (FX, AN) and the user-assigned code of Kosovo (XK).
 */
const WIRE_ONLY_COUNTRIES: readonly string[] = ["A1", "A2", "O1", "EU", "FX", "AN", "XK"];

/** Every value of the wire's country type, the empty string first. */
export const COUNTRIES: readonly string[] = ["", ...ISO_COUNTRIES, ...WIRE_ONLY_COUNTRIES];

const STATE_CODES =
  "AK AL AR AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK " +
  "OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY";

/** States, the federal district and the territories that the wire's state type names. */
export const US_STATE_CODES: ReadonlySet<string> = new Set(STATE_CODES.split(" "));

/** Every value of the wire's state type, the empty string first. */
export const US_STATES: readonly string[] = ["", ...US_STATE_CODES];
