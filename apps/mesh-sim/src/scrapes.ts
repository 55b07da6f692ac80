// What Prometheus finds and gets: proxies that are left out of discovery, refuse their page or never send it, series without labels.

import type { Pod } from './cluster.ts';

export const SCRAPE_MODES = ['ok', 'hidden', 'refuse', 'hang'] as const;
export type ScrapeMode = (typeof SCRAPE_MODES)[number];

export const LABEL_MODES = ['ok', 'bare'] as const;
export type LabelMode = (typeof LABEL_MODES)[number];

const ISSUER_DAYS = 365;

export class Scrapes {
  readonly #modes = new Map<string, ScrapeMode>();
  labels: LabelMode = 'ok';
  /** How long the issuer of identities is valid still. */
  issuerDays = ISSUER_DAYS;

  modeOf({ namespace, workload }: Pod): ScrapeMode {
    return this.#modes.get(`${namespace}/${workload.name}`) ?? 'ok';
  }

  turn(namespace: string, name: string, mode: ScrapeMode): void {
    this.#modes.set(`${namespace}/${name}`, mode);
  }

  reset(): void {
    this.#modes.clear();
    this.labels = 'ok';
    this.issuerDays = ISSUER_DAYS;
  }

  toJSON() {
    return { modes: Object.fromEntries(this.#modes), labels: this.labels, issuerDays: this.issuerDays };
  }
}
