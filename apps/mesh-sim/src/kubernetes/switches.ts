// The part of the control door that turns the Kubernetes API: rights, watches, the whole server, sign-in, tap.

import { ControlRefusal, numberOf, oneOf } from '../control-refusal.ts';
import { API_MODES, type Kubernetes, WATCH_MODES } from './kubernetes.ts';
import { PERSON_ROLES } from './people.ts';
import { RESOURCES } from './resources.ts';
import { type Denial, TAP_GROUP } from './rights.ts';
import { TAP_MODES } from './tap-gate.ts';

const RIGHTS_OF_TAP = ['all', 'none', 'gate'] as const;
const LOGIN_MODES = ['ok', 'refuse'] as const;
const VERBS = ['get', 'list', 'watch', 'create'] as const;
const LIFE_SECONDS = { fallback: 3_600, min: 1, max: 86_400 };

export const KUBERNETES_SWITCHES = [
  'POST /rights?deny=RESOURCE|*&group=GROUP&verb=VERB&namespace=NAMESPACE (only deny is needed)',
  'POST /rights?allow=RESOURCE|*&…',
  `POST /tap-rights?mode=${RIGHTS_OF_TAP.join('|')}`,
  `POST /person?name=NAME|group:GROUP&role=${PERSON_ROLES.join('|')}&namespace=NAMESPACE (without it all)`,
  `POST /tap?mode=${TAP_MODES.join('|')}`,
  `POST /watches?mode=${WATCH_MODES.join('|')}`,
  `POST /kubernetes?mode=${API_MODES.join('|')}`,
  `POST /login?mode=${LOGIN_MODES.join('|')}&seconds=${LIFE_SECONDS.fallback}`,
];

/** What the login command is given. */
interface Login {
  mode: (typeof LOGIN_MODES)[number];
  lifeSeconds: number;
}

export interface KubernetesSwitches {
  /** False: it is no switch of these. */
  act(parts: readonly string[], query: URLSearchParams): boolean;
  /** A credential for the login command. */
  token(): object;
  state(): object;
  reset(): void;
}

export function createKubernetesSwitches(kubernetes: Kubernetes, now: () => number): KubernetesSwitches {
  const { rights, people, tokens } = kubernetes;
  const login: Login = { mode: 'ok', lifeSeconds: LIFE_SECONDS.fallback };

  function turnRights(query: URLSearchParams): void {
    const [denied, allowed] = [query.get('deny'), query.get('allow')];
    if ((denied === null) === (allowed === null))
      throw new ControlRefusal(400, 'bad rights: give either deny=RESOURCE or allow=RESOURCE');
    const denial = toDenial(denied ?? allowed ?? '', query);
    if (denied === null) rights.allow(denial);
    else rights.deny(denial);
    kubernetes.enforce();
  }

  function turnTapRights(mode: (typeof RIGHTS_OF_TAP)[number]): void {
    const tap = { group: TAP_GROUP, verb: null, namespace: null };
    for (const denial of rights.denials)
      if (denial.group === TAP_GROUP || /(^|\/)tap$/.test(denial.resource)) rights.allow(denial);
    if (mode === 'none') rights.deny({ ...tap, resource: '*' });
    // The API server lets it through, and the tap server does not.
    if (mode === 'gate') rights.deny({ ...tap, resource: 'namespaces/tap' });
    kubernetes.enforce();
  }

  function bindPerson(query: URLSearchParams): void {
    const who = query.get('name');
    if (!who) throw new ControlRefusal(400, 'bad name: give name=NAME or name=group:GROUP');
    const role = oneOf('role', query.get('role'), PERSON_ROLES);
    people.bind({ who, role, namespace: query.get('namespace') });
  }

  return {
    act([verb, ...rest], query) {
      if (rest.length > 0) return false;
      const mode = query.get('mode');
      if (verb === 'rights') turnRights(query);
      else if (verb === 'tap-rights') turnTapRights(oneOf('mode', mode, RIGHTS_OF_TAP));
      else if (verb === 'person') bindPerson(query);
      else if (verb === 'tap') kubernetes.turnTap(oneOf('mode', mode, TAP_MODES));
      else if (verb === 'watches') kubernetes.turnWatches(oneOf('mode', mode, WATCH_MODES));
      else if (verb === 'kubernetes') kubernetes.turn(oneOf('mode', mode, API_MODES));
      else if (verb === 'login') {
        login.mode = oneOf('mode', mode ?? 'ok', LOGIN_MODES);
        login.lifeSeconds = numberOf(query, 'seconds', LIFE_SECONDS);
      } else return false;
      return true;
    },
    token() {
      if (login.mode === 'refuse')
        throw new ControlRefusal(503, 'sign-in is switched off; allow it with POST /login?mode=ok');
      const { token, expiresAtMs } = tokens.issue(login.lifeSeconds, now());
      return { token, expirationTimestamp: new Date(expiresAtMs).toISOString() };
    },
    state: () => ({
      mode: kubernetes.mode,
      tap: kubernetes.tapMode,
      denied: rights.denials,
      people: people.bindings,
      login,
      logins: tokens.issuedCount,
      watches: kubernetes.watches.count,
      forwards: kubernetes.forwards.count,
    }),
    reset() {
      Object.assign(login, { mode: 'ok', lifeSeconds: LIFE_SECONDS.fallback });
      kubernetes.reset();
    },
  };
}

const SUBRESOURCES = ['pods/portforward', 'tap', 'namespaces/tap', 'subjectaccessreviews'];

function toDenial(resource: string, query: URLSearchParams): Denial {
  const known = [...new Set(['*', ...RESOURCES.map(({ name }) => name), ...SUBRESOURCES])];
  // Every kind that can be tapped has a right of its own.
  if (!known.includes(resource) && !/^[a-z]+\/tap$/.test(resource))
    throw new ControlRefusal(
      400,
      `bad resource: ${resource}; allowed are ${known.join(', ')} and KINDS/tap such as deployments/tap`,
    );
  const verb = query.get('verb');
  return {
    resource,
    group: query.get('group'),
    verb: verb === null ? null : oneOf('verb', verb, VERBS),
    namespace: query.get('namespace'),
  };
}
