// The few PromQL phrases we speak. Text only: nothing here knows what a metric means.

/** One matcher as text, its value quoted: `namespace="web"`, `le=~"1|2"`. */
export function matcher(label: string, operator: '=' | '!=' | '=~' | '!~', value: string): string {
  return `${labelName(label)}${operator}${JSON.stringify(value)}`;
}

/** One of these values as they are, or any of them. */
export function oneOf(label: string, values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return matcher(label, '=', only);
  return matcher(label, '=~', values.map(escaped).join('|'));
}

/** A text that stands for itself in a pattern. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Quoted where it is none of the old names, as Prometheus 3 knows them: `"k8s.cluster.name"`. */
export function labelName(label: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(label) ? label : JSON.stringify(label);
}

/** `name{a="1",b!=""}`; without matchers the bare name. */
export function series(name: string, matchers: readonly string[]): string {
  return matchers.length > 0 ? `${name}{${matchers.join(',')}}` : name;
}

export function rate(selector: string, windowSeconds: number): string {
  return `rate(${selector}[${duration(windowSeconds)}])`;
}

export function sumBy(labels: readonly string[], expression: string): string {
  return `sum by (${labels.map(labelName).join(', ')}) (${expression})`;
}

export function countBy(labels: readonly string[], expression: string): string {
  return `count by (${labels.map(labelName).join(', ')}) (${expression})`;
}

/** Adds the label `name="value"` to every series of an expression. */
export function tagged(name: string, value: string, expression: string): string {
  return `label_replace(${expression}, "${name}", "${value}", "", "")`;
}

/** Vectors of disjoint label sets, put together. */
export function union(expressions: readonly string[]): string {
  return expressions.join(' or ');
}

/** Whole seconds, or milliseconds where a window is no whole number of them. */
export function duration(seconds: number): string {
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}
