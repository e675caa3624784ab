interface ImportMetaEnv {
  /** SHA-256 over the sources that the page was built from, hex. */
  readonly FAIRLEAD_BUILD: string;
}
