/** Requests that a person might send to an Ingress and that two routers might answer differently: each path, and small changes of it. */
import type { Ingress } from '../cluster/objects.ts'
import type { FieldPath } from '../manifest/manifest.ts'
import { isCanary } from '../ingress/canary.ts'
import type { Probe } from './probe-answers.ts'

/** What was changed about the path or host as the Ingress writes it. */
export type ProbeTag =
  'as-written' | 'letter-case' | 'longer-word' | 'final-slash' | 'no-final-slash' | 'below' | 'more-labels'

export interface TaggedProbe extends Probe {
  readonly tag: ProbeTag
  /** The rule's host and path that the probe is made of, and where they stand. */
  readonly ruleHost: string
  readonly rulePath: string
  readonly exact: boolean
  readonly rule: number
  readonly field: FieldPath
  /** Whether a `tls` section of the Ingress lists the host. */
  readonly hasTls: boolean
}

/** The probes of one Ingress, in the order of its paths; a canary has none of its own. */
export function probesOf(ingress: Ingress): readonly TaggedProbe[] {
  if (isCanary(ingress)) return []
  return ingress.rules.flatMap(({ host, paths = [] }, rule) =>
    paths.flatMap(({ path, pathType }, index) => {
      const hasTls = ingress.tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(host))
      const known = {
        ruleHost: host,
        rulePath: path,
        exact: pathType === 'Exact',
        rule,
        field: ['spec', 'rules', rule, 'http', 'paths', index, 'path'],
        hasTls,
        headers: [],
      }
      const sample = sampleHost(host)
      const changes = changesOf(samplePath(path))
      return [
        ...changes.flatMap(([tag, changed]): readonly TaggedProbe[] => [
          { ...known, tag, scheme: 'http', host: sample, path: changed },
          ...(hasTls ? [{ ...known, tag, scheme: 'https' as const, host: sample, path: changed }] : []),
        ]),
        ...(hasTls
          ? []
          : [
              {
                ...known,
                tag: 'as-written' as const,
                scheme: 'https' as const,
                host: sample,
                path: samplePath(path),
              },
            ]),
        ...(host.startsWith('*.')
          ? [
              {
                ...known,
                tag: 'more-labels' as const,
                scheme: 'http' as const,
                host: `a.${sample}`,
                path: samplePath(path),
              },
            ]
          : []),
      ]
    }),
  )
}

function changesOf(path: string): readonly (readonly [ProbeTag, string])[] {
  const bare = path.replace(/\/$/, '')
  const cased = /[a-z]/.test(path) ? path.toUpperCase() : path.toLowerCase()
  const changes: readonly (readonly [ProbeTag, string])[] = [
    ['as-written', path],
    ['letter-case', cased],
    ['longer-word', `${bare}x`],
    ['final-slash', `${bare}/`],
    ['no-final-slash', bare],
    ['below', `${bare}/more`],
  ]
  return changes.filter(
    ([tag, changed], index) =>
      changed.startsWith('/') &&
      !(bare === '' && tag === 'longer-word') &&
      changes.findIndex(([, other]) => other === changed) === index,
  )
}

/** A host that the rule covers; `''` covers every one. */
function sampleHost(host: string): string {
  return host === '' ? 'any.example' : host.replace(/^\*/, 'a')
}

/** The literal beginning of a pattern, and of `(/|$)(.*)` a path below it. */
function samplePath(path: string): string {
  if (path === '') return '/'
  const literal = /^[^()[\]{}.*+?|\\^$]*/.exec(path)?.[0] ?? ''
  if (literal === path) return path
  const start = literal.startsWith('/') ? literal : `/${literal}`
  return start.endsWith('/') ? `${start}one` : `${start}/one`
}
