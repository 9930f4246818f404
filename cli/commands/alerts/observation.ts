/** How something that alerts watch stands now. */
export interface Observation {
  /** What the alert is about: a node's id, or a name of its own such as `connector:meta_ads`. */
  readonly key: string;
  readonly isBad: boolean;
  /** Changes when something else is wrong with it; 16 characters at most. */
  readonly fingerprint: string;
  /** For people: the name, what happened, and the place in the template. */
  readonly line: string;
}
