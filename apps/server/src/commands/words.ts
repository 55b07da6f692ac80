// The word of each command, and its sentence for people.

export const COMMANDS = {
  serve: 'Serve the page and its API, as without a command',
  stat: 'Print what workloads do: success, rate, latency, connections, what was refused',
  edges: 'Print who calls whom, how well, and whether it is locked',
  routes: 'Print what routes do, and how their requests are split between backends',
  authz: 'Print what policy let in and turned away, by Server, route and authorization',
  top: 'Watch live requests, folded into rows',
  tap: 'Watch live requests one by one',
  graph: 'Print the graph as SVG, Mermaid, Graphviz, JSON or CSV',
  problems: 'Print what needs attention, the heaviest first; for pipelines with --fail-on',
  check: 'Check the health of the mesh, in the form of linkerd check; for pipelines',
  doctor: 'Say why there is no data, of the mesh or of one workload',
  'embed-link': 'Sign a link with which a wiki may show a picture of the mesh',
} as const;

export type CommandWord = keyof typeof COMMANDS;

export function isCommandWord(text: string): text is CommandWord {
  return Object.hasOwn(COMMANDS, text);
}
