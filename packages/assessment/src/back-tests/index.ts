export { backTest, type BackTest, type BackTestCase, type Changed, type Fared } from "./replay.ts";
