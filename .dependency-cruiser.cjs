// The architecture, as a test. Each rule is an arrow that must not exist.
const never = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to, ...extra },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    never('contract-knows-nobody', '^packages/shared/', '^(apps|packages/(figures|graph))/'),
    never('figures-know-only-the-contract', '^packages/figures/', '^(apps|packages/graph)/'),
    never('graph-knows-only-contract-and-figures', '^packages/graph/', '^apps/'),
    never('apps-are-strangers', '^apps/([^/]+)/', '^apps/([^/]+)/', { pathNot: '^apps/$1/' }),
    // server: routes, plugins → feeds → mesh → sources
    never(
      'sources-look-outward-only',
      '^apps/server/src/sources/',
      '^apps/server/src/(mesh|feeds|plugins|routes)/',
    ),
    never('sources-are-strangers', '^apps/server/src/sources/([^/]+)/', '^apps/server/src/sources/([^/]+)/', {
      pathNot: '^apps/server/src/sources/$1/',
    }),
    never('network-knows-no-source', '^apps/server/src/network/', '^apps/server/src/(?!network/)'),
    never('mesh-knows-no-delivery', '^apps/server/src/mesh/', '^apps/server/src/(feeds|plugins|routes)/'),
    never('feeds-know-no-delivery', '^apps/server/src/feeds/', '^apps/server/src/(plugins|routes)/'),
    never(
      'fastify-stays-in-plugins-and-routes',
      '^apps/server/src/(sources|mesh|feeds)/',
      'node_modules/(@fastify/|fastify)',
    ),
    // web: views → ui, live, location → chart, format; the graph is a package of its own
    never(
      'pure-code-knows-no-svelte',
      '^(packages/(figures|graph)|apps/web/src/(chart|format))/',
      'node_modules/svelte/|\\.svelte',
    ),
    never(
      'ui-knows-no-domain',
      '^apps/web/src/ui/',
      '^(packages/(shared|graph)|apps/web/src/(?!ui/|format/|chart/))',
    ),
    never(
      'a-frame-carries-no-application',
      '^apps/web/src/embed/(?!.*\\.test\\.ts$)',
      'node_modules/svelte/|\\.svelte|^apps/web/src/(views|ui|chart)/',
    ),
    never('views-are-strangers', '^apps/web/src/views/([^/]+)/', '^apps/web/src/views/([^/]+)/', {
      pathNot: '^apps/web/src/views/$1/',
    }),
    never(
      'only-the-frame-knows-views',
      '^apps/web/src/(?!views/|App\\.svelte$|frame/)(?!.*\\.test\\.ts$)',
      '^apps/web/src/views/',
    ),
    {
      name: 'units-start-nothing',
      severity: 'error',
      from: { path: '\\.test\\.ts$', pathNot: '\\.real\\.test\\.ts$' },
      to: { path: '^scripts/(processes|debian-package)\\.ts$', reachable: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // type-only imports are arrows too
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|gen)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'svelte', 'default'],
    },
  },
};
