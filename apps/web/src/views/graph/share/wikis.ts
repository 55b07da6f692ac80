// The wikis that people have, and what each of them takes. Pure: the addresses and lines of `snippets.ts` in, lines to paste out.

import { FRAME_HEIGHT, FRAME_WIDTH, type Snippets } from './snippets.ts';

export interface WikiLine {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  /** An address whose answer takes the place of `MERMAID` in the text: the graph of now. */
  readonly fill?: string;
}

export interface Wiki {
  readonly name: string;
  lines(snippets: Snippets): readonly WikiLine[];
}

/** Stands in a line until the text of the graph is there. */
export const MERMAID = '…';

const MOVES = 'Moves with the mesh; a click opens this page.';
const REACHABLE = 'The server must be reachable from where the wiki fetches its pictures.';
const OF_NOW = 'The graph of this moment as text: no address of this server is in it.';

function frame({ frame }: Snippets, hint = MOVES): WikiLine {
  return { label: 'Live frame', hint, text: frame };
}

function markdown({ markdown, badge }: Snippets): readonly WikiLine[] {
  return [
    { label: 'Picture', hint: `Drawn anew whenever the page is opened. ${REACHABLE}`, text: markdown },
    { label: 'mTLS badge', hint: 'How much of the traffic is mutually authenticated.', text: badge },
  ];
}

function fenced({ mermaidUrl }: Snippets): WikiLine {
  return {
    label: 'Mermaid',
    hint: OF_NOW,
    text: `\`\`\`mermaid\n${MERMAID}\`\`\``,
    fill: mermaidUrl,
  };
}

export const WIKIS: readonly Wiki[] = [
  {
    name: 'Any page of HTML',
    lines: (snippets) => [
      frame(snippets),
      { label: 'Picture', hint: 'Drawn anew whenever the page is opened.', text: snippets.image },
      ...markdown(snippets).slice(1),
      { label: 'Graphviz', hint: 'The graph as dot.', text: snippets.dotUrl },
    ],
  },
  {
    name: 'Confluence',
    lines: ({ frameUrl }) => [
      {
        label: 'Iframe macro',
        hint: `Insert the Iframe macro and give it this address. In Cloud, an administrator first allows this server's host. ${MOVES}`,
        text: frameUrl,
      },
    ],
  },
  {
    name: 'Notion, and others that know oEmbed',
    lines: ({ frameUrl }) => [
      {
        label: 'Embed',
        hint: `Type /embed (or just paste) and give it this address. ${MOVES}`,
        text: frameUrl,
      },
    ],
  },
  { name: 'GitHub', lines: (snippets) => [...markdown(snippets), fenced(snippets)] },
  { name: 'GitLab', lines: (snippets) => [...markdown(snippets), fenced(snippets)] },
  {
    name: 'Azure DevOps',
    lines: (snippets) => [
      {
        label: 'Mermaid',
        hint: OF_NOW,
        text: `::: mermaid\n${MERMAID}:::`,
        fill: snippets.mermaidUrl,
      },
      ...markdown(snippets),
      frame(snippets, `For a page of the wiki, not for a README. ${MOVES}`),
    ],
  },
  {
    name: 'Docusaurus, and others that take MDX',
    lines: (snippets) => [
      { ...frame(snippets), text: snippets.frame.replace('frameborder=', 'frameBorder=') },
      { label: 'Picture', hint: 'Drawn anew whenever the page is opened.', text: snippets.image },
    ],
  },
  {
    name: 'Backstage (TechDocs)',
    lines: (snippets) => [
      frame(
        snippets,
        `An administrator first names this server under techdocs.sanitizer.allowedIframeHosts. ${MOVES}`,
      ),
      ...markdown(snippets),
    ],
  },
  {
    name: 'MediaWiki',
    lines: ({ frameUrl, pageUrl, alt }) => [
      {
        label: 'Live frame',
        hint: `With the Widgets extension and its Iframe widget. ${MOVES}`,
        text: `{{#widget:Iframe|url=${unpiped(frameUrl)}|width=${FRAME_WIDTH}|height=${FRAME_HEIGHT}|border=0}}`,
      },
      {
        label: 'Link',
        hint: 'Where no extension may be used.',
        text: `[${pageUrl} ${alt.replace(/[[\]]/g, ' ')}]`,
      },
    ],
  },
  {
    name: 'DokuWiki',
    lines: ({ frameUrl, pageUrl, alt }) => [
      {
        label: 'Live frame',
        hint: `With the iframe plugin. ${MOVES}`,
        text: `{{url>${unpiped(frameUrl)} ${FRAME_WIDTH}px,${FRAME_HEIGHT}px noscroll noborder|${doku(alt)}}}`,
      },
      { label: 'Link', hint: 'Where no plugin may be used.', text: `[[${pageUrl}|${doku(alt)}]]` },
    ],
  },
];

/** A bar would end the address there. */
function unpiped(url: string): string {
  return url.replaceAll('|', '%7C').replaceAll('}', '%7D').replaceAll('{', '%7B');
}

function doku(text: string): string {
  return text.replace(/[[\]{}|]/g, ' ');
}
