// What every question about the mesh needs to know to be put into words.

/** Of which namespaces to ask: all of them, or these alone; none is nothing. */
export type Reach = 'all' | readonly string[];

/**
 * `sum`: as ever. `plausible`: without series that have values which no proxy has; `strange`: how many such series
 * there are, by pod.
 */
export type Sight = 'sum' | 'plausible' | 'strange';

export interface AskScope {
  /** Constant, from the configuration: in every selector. */
  readonly matchers: readonly string[];
  /** There are series without an owner: ask for those by pod. */
  readonly barePods: boolean;
  readonly windowSeconds: number;
  /** Of scrapes; null when it is not known. */
  readonly intervalSeconds: number | null;
  /** The store speaks MetricsQL, in which `rate` is over the time that a series has samples, not over the window. */
  readonly isMetricsQl: boolean;
  /** Ask for series that began inside the window, too: `rate` sees nothing of their first value. */
  readonly withNew: boolean;
  /** Of these pods alone: no other got a series in the window. Null: of all. */
  readonly newPods: readonly string[] | null;
  /** Some pods may have got other labels or further families inside the window: not all that is new under its name is. */
  readonly renamed: boolean;
  /** Of these pods nothing is new: what begins took the place of others, or was not kept before. */
  readonly oldPods: readonly string[];
  /** The store keeps no `proxy_build_info`: whether a pod was scraped is told by the scrapes that it counted. */
  readonly withoutVersions: boolean;
  /** 14 bounds of a histogram (1-2-5 up to 10 s, and the last) instead of all 26: for a large mesh or a slow store. */
  readonly coarse: boolean;
  /** The finite bounds that every histogram has in ms, where some have fewer than others; null: as they come. */
  readonly commonBoundsMs: readonly number[] | null;
  /** Some histograms are stored without their last bucket: their count tells as much. */
  readonly lastFromCount: boolean;
  /** Routes of users that may serve probes alone: their plaintext is asked apart. */
  readonly probeRoutes: readonly string[];
  /** Services whose endpoints may be pods of other clusters, as a pattern of their names: asked by pod. Null: there are none. */
  readonly reaching: string | null;
  readonly reach: Reach;
  readonly sight: Sight;
}
