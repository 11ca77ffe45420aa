/** The house's one table of imports, and the linter's rules that follow from it. */

/**
 * Who may import whom. A part is the longest of these that a file's path begins with; it may import itself and what stands behind it.
 * `sim/lab`, `sim/manifest/parse-file` and `sim/dns/wire-format` are the doors; `types` behind a part allows type-only imports from it.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  'sim/network': ['sim/netfilter', 'sim'],
  'sim/netfilter': ['sim/network', 'sim'],
  'sim/manifest': ['sim'],
  'sim/tls': ['sim'],
  'sim/cluster': [
    'sim/manifest',
    'sim/network',
    'sim/tls',
    'sim/gateway',
    'sim/netfilter types',
    'sim/trace types',
    'sim',
  ],
  'sim/dns': ['sim/cluster', 'sim/netfilter', 'sim/network', 'sim/manifest types', 'sim'],
  'sim/kube-proxy': ['sim/cluster', 'sim/netfilter', 'sim/network', 'sim/manifest types', 'sim'],
  'sim/ingress': ['sim/cluster', 'sim/tls', 'sim/netfilter', 'sim/network', 'sim/manifest types', 'sim'],
  'sim/gateway': [
    'sim/cluster',
    'sim/ingress',
    'sim/manifest',
    'sim/netfilter',
    'sim/network',
    'sim/tls',
    'sim/trace types',
    'sim',
  ],
  'sim/trace': [
    'sim/manifest',
    'sim/cluster',
    'sim/dns',
    'sim/netfilter',
    'sim/kube-proxy',
    'sim/ingress',
    'sim/gateway',
    'sim/network',
    'sim/tls',
    'sim',
  ],
  'sim/source-cells': [
    'sim/cluster',
    'sim/dns',
    'sim/netfilter',
    'sim/kube-proxy',
    'sim/ingress',
    'sim/network',
    'sim/trace',
    'sim',
  ],
  sim: [
    'sim/source-cells',
    'sim/manifest',
    'sim/cluster',
    'sim/dns',
    'sim/netfilter',
    'sim/kube-proxy',
    'sim/ingress',
    'sim/gateway',
    'sim/network',
    'sim/tls',
    'sim/trace',
  ],
  shell: ['sim door', 'sim types'],
  scenarios: ['sim door', 'sim types'],
  'lab-worker': ['sim door', 'sim types', 'scenarios', 'shell'],
  'lab-cli': ['sim door', 'sim types', 'scenarios', 'shell', 'i18n'],
  playback: ['sim types'],
  ui: ['i18n', 'sim types'],
  i18n: ['sim types'],
  app: [
    'stage',
    'timeline',
    'inspector',
    'editor',
    'dock',
    'truth',
    'cluster-size',
    'compare',
    'to-gateway',
    'paste',
    'sources',
    'ui',
    'i18n',
    'playback',
    'lab-worker',
    'scenarios',
    'sim types',
  ],
  stage: ['app store', 'ui', 'i18n', 'playback', 'sim types'],
  timeline: ['app store', 'ui', 'i18n', 'playback', 'sim types'],
  inspector: ['app store', 'ui', 'i18n', 'sim types'],
  editor: ['app store', 'ui', 'i18n', 'sim types'],
  dock: ['app store', 'ui', 'i18n', 'sim types'],
  truth: ['app store', 'ui', 'i18n', 'sim types'],
  'cluster-size': ['app store', 'ui', 'i18n', 'sim types'],
  compare: ['app store', 'ui', 'i18n', 'sim types'],
  'to-gateway': ['app store', 'ui', 'i18n', 'sim types'],
  paste: ['app store', 'ui', 'i18n', 'sim types'],
  sources: ['app store', 'ui', 'i18n', 'sim types'],
  proofs: [
    'sim',
    'sim/manifest',
    'sim/cluster',
    'sim/dns',
    'sim/netfilter',
    'sim/kube-proxy',
    'sim/ingress',
    'sim/gateway',
    'sim/network',
    'sim/tls',
    'sim/trace',
    'shell',
    'scenarios',
    'lab-cli',
    'playback',
    'stage',
    'i18n',
  ],
}

/** What of `app` the features may read: the store, its selectors, texts of the dock, a message's bytes, and why a request was not sent. */
export const storeFiles = [
  'app/app-state.ts',
  'app/use-app.ts',
  'app/selectors.ts',
  'app/use-node-text.ts',
  'app/use-problem-sentence.ts',
  'app/use-sent-message.ts',
]
/** The ways into `sim` from outside. */
export const doors = ['sim/lab.ts', 'sim/manifest/parse-file.ts', 'sim/dns/wire-format.ts']

/** The vocabulary: files of a few lines that come with their types and pull in nothing (how an object's key is written, what has ports). */
export const vocabulary = [
  'sim/cluster/object-ref.ts',
  'sim/cluster/paste-name.ts',
  'sim/dns/domain-name.ts',
  'sim/dns/wire-size.ts',
  'sim/network/packet.ts',
  'sim/network/address.ts',
  'sim/phrase.ts',
  'sim/source-cells/source-vantages.ts',
  'sim/tls/print-certificate.ts',
  'sim/trace/deciding-hop.ts',
  'sim/known-differences.ts',
]

/** The rules in `.oxlintrc.json` that say the same, part by part; tests and fixtures may reach anywhere. */
export function lintOverrides(): readonly object[] {
  return [
    ...Object.keys(mayImport)
      .filter((part) => part !== 'sim')
      .map(overrideOf),
    {
      files: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/**/*.fixture.ts'],
      rules: { 'no-restricted-imports': 'off' },
    },
  ]
}

function overrideOf(part: string): object {
  const patterns = part.startsWith('sim/') ? simPatterns(part) : outerPatterns(part)
  return { files: [`src/${part}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

/** Inside `sim` the others are neighbours, `../dns/…`; whatever lies two steps up is outside. */
function simPatterns(part: string): readonly object[] {
  const others = Object.keys(mayImport).filter((other) => other.startsWith('sim/') && other !== part)
  const neighbour = (other: string) => `../${other.slice('sim/'.length)}/**`
  const isType = (other: string) => (mayImport[part] ?? []).includes(`${other} types`)
  const forbidden = others.filter((other) => !(mayImport[part] ?? []).includes(other))
  const known = vocabulary.filter((file) => forbidden.some((other) => file.startsWith(`${other}/`)))
  return [
    ...forbid(
      [
        '../../**',
        ...forbidden.filter((other) => !isType(other)).map(neighbour),
        ...known.map((file) => `!../${file.slice('sim/'.length)}`),
      ],
      part,
    ),
    ...typesOnly(forbidden.filter(isType).map(neighbour)),
  ]
}

function outerPatterns(part: string): readonly object[] {
  const allowed = mayImport[part] ?? []
  const others = Object.keys(mayImport).filter((other) => !other.startsWith('sim') && other !== part)
  const forbidden = others.filter((other) => !allowed.includes(other))
  const isStore = (other: string) => other === 'app' && allowed.includes('app store')
  const except = (files: readonly string[]) => files.map((file) => `!**/${file}`)
  const ways = [...vocabulary, ...(allowed.includes('sim door') ? doors : [])]
  return [
    ...forbid(
      forbidden.filter((other) => !isStore(other)).map((other) => `**/${other}/**`),
      part,
    ),
    ...(forbidden.some(isStore) ? forbid(['**/app/**', ...except(storeFiles)], part) : []),
    ...(allowed.includes('sim') ? [] : typesOnly(['**/sim/**', ...except(ways)])),
  ]
}

function forbid(group: readonly string[], part: string): readonly object[] {
  return group.length === 0 ? [] : [{ group, message: `${part} must not know it (ARCHITECTURE.md).` }]
}

function typesOnly(group: readonly string[]): readonly object[] {
  return group.length === 0
    ? []
    : [{ group, allowTypeImports: true, message: 'Types alone may be imported from here (ARCHITECTURE.md).' }]
}
