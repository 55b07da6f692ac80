// `--link`: a name and the address of another tool, with places for what the reader looks at; or one of two presets.

import { LINK_PLACES, type LinkTemplate, placesOf } from '@latchwork/shared/link-template';
import { withoutEndSlashes } from '../end-slashes.ts';

/** Addresses that Linkerd's own dashboard uses, for those who have its Grafana dashboards or its traces in Jaeger. */
const PRESETS: Readonly<Record<string, (base: string) => LinkTemplate>> = {
  grafana: (base) => ({
    name: 'Grafana',
    template: `${base}/d/linkerd-{kind}?var-namespace={namespace}&var-{kind}={name}&from={from}&to={to}`,
  }),
  jaeger: (base) => ({
    name: 'Jaeger',
    template: `${base}/search?service=linkerd-proxy&tags=%7B%22linkerd.io%2Fworkload-ns%22%3A%22{namespace}%22%2C%22linkerd.io%2Fproxy-{kind}%22%3A%22{name}%22%7D`,
  }),
};

export function parseLink(text: string): LinkTemplate {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals)).trim();
  const template = text.slice(equals + 1).trim();
  if (name === '' || template === '')
    throw new Error(
      `'${text}' is no link: write 'NAME=URL', such as 'Grafana=https://grafana.example.com/d/x?var-namespace={namespace}'`,
    );
  if (name.length > 30) throw new Error(`'${name}' is too long for a link: use at most 30 characters`);
  const plain = template.replace(/\{[^{}]*\}/g, 'x');
  // Nothing else may open from a page: no javascript:, no data:.
  if (!URL.canParse(plain) || !/^https?:$/.test(new URL(plain).protocol) || /[{}]/.test(plain))
    throw new Error(`'${template}' is no address: begin with https:// or http://, and close every brace`);
  const unknown = placesOf(template).find((place) => !(LINK_PLACES as readonly string[]).includes(place));
  if (unknown !== undefined)
    throw new Error(`'{${unknown}}' is not known of anything: allowed are {${LINK_PLACES.join('}, {')}}`);
  const preset = PRESETS[name.toLowerCase()];
  const isBase = placesOf(template).length === 0;
  return preset && isBase ? preset(withoutEndSlashes(template)) : { name, template };
}
