// The scrape configuration that keeps labels which a store lacks. Text only.

/** `which`: as a word of the sentence "none that drops …". */
export function keptLabels(which: string): string {
  return `scrape_configs:
  - job_name: linkerd-proxy
    metric_relabel_configs: [] # none that drops ${which} (labeldrop), or keeps others alone (labelkeep)
`;
}
