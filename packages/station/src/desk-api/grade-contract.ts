import { z } from "zod";

/** The words of a grade: how urgent, and what it can support. */
export const tierSchema = z.enum(["R1", "R2", "R3", "R4", "R5"]);
export const levelSchema = z.enum(["L0", "L1", "L2", "L3", "L4"]);
