/** Of the whole house: its packages are released together. */
export const VERSION = "0.1.0";
