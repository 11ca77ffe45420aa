/**
 * The validating webhook of ingress-nginx: what it refuses of an Ingress before it is stored.
 * Models CheckIngress and checkOverlap (ingress-nginx v1.15 internal/ingress/controller/controller.go) and internal/ingress/inspector.
 * Left out: annotation values that do not validate.
 */
import type { FieldPath } from '../manifest/manifest.ts'
import type { Ingress } from '../cluster/objects.ts'
import { isCanary } from './canary.ts'
import type { ControllerInput } from './controller-config.ts'
import { buildControllerConfig } from './controller-config.ts'
import { annotationOf, annotationPrefix } from './location-annotations.ts'
import { parseGoBool } from './parse-go-bool.ts'
import { takesIngress } from './takes-ingress.ts'
import { catchAllHost } from './virtual-server.ts'

/** The refusal, in the controller's words, and the field that it is about. */
export interface Refusal {
  readonly message: string
  readonly path: FieldPath
}

/**
 * Reviews. Undefined: admitted.
 * @param input what the controller watches; an older version of the Ingress may be among it
 * @param configMap the controller's ConfigMap
 */
export function reviewIngress(
  ingress: Ingress,
  input: ControllerInput,
  configMap: Readonly<Record<string, string>>,
): Refusal | undefined {
  const others = input.ingresses.filter(
    ({ ref }) => ref.namespace !== ingress.ref.namespace || ref.name !== ingress.ref.name,
  )
  const { controller } = input
  const deep = inspect(ingress)
  if (deep !== undefined) return deep
  const verdict = takesIngress(
    ingress,
    input.ingressClasses,
    { ...controller, disableCatchAll: false },
    input.namespaces,
  )
  if (!verdict.taken) return undefined
  if (controller.disableCatchAll && ingress.defaultBackend !== undefined) return catchAllRefused
  return (
    pathTypes(ingress, configMap) ??
    annotationWords(ingress, configMap) ??
    overlap(ingress, { ...input, ingresses: [...others, ingress] })
  )
}

const catchAllRefused: Refusal = {
  message:
    'this deployment is trying to create a catch-all ingress while DisableCatchAll flag is set to true. ' +
    "Remove '.spec.defaultBackend' or set DisableCatchAll flag to false",
  path: ['spec', 'defaultBackend'],
}

/** What could break out of its place in nginx.conf (inspector/rules.go). */
const invalidValues = [
  /\s*alias\s*.*;/s,
  /\s*root\s*.*;/s,
  /\/etc\/(passwd|shadow|group|nginx|ingress-controller)/,
  /\/var\/run\/secrets/,
  /.*_by_lua.*/,
]

function inspect({ ref, rules, tls }: Ingress): Refusal | undefined {
  const owner = `${ref.namespace}/${ref.name}`
  const isInvalid = (text: string) => invalidValues.some((pattern) => pattern.test(text))
  for (const [index, rule] of rules.entries()) {
    if (isInvalid(rule.host))
      return {
        message: `invalid object: invalid host in ingress ${owner}: invalid value found: ${rule.host}`,
        path: ['spec', 'rules', index, 'host'],
      }
    for (const [at, { path }] of (rule.paths ?? []).entries())
      if (isInvalid(path))
        return {
          message: `invalid object: invalid rule in ingress ${owner}: invalid http path: invalid value found: ${path}`,
          path: ['spec', 'rules', index, 'http', 'paths', at, 'path'],
        }
  }
  const secret = tls.findIndex(({ secretName = '' }) => isInvalid(secretName))
  if (secret < 0) return undefined
  return {
    message: `invalid object: invalid secret in ingress ${owner}: invalid value found: ${tls[secret]?.secretName}`,
    path: ['spec', 'tls', secret, 'secretName'],
  }
}

/** Prefix and Exact paths that are no plain paths: a regular expression needs ImplementationSpecific. */
function pathTypes({ rules }: Ingress, configMap: Readonly<Record<string, string>>): Refusal | undefined {
  if (parseGoBool(configMap['strict-validate-path-type']) === false) return undefined
  const broken = rules.flatMap((rule, index) =>
    (rule.paths ?? []).flatMap(({ path, pathType }, at) => {
      const isFine = pathType === 'ImplementationSpecific' || path === '' || /^\/[\w.\-/]*$/.test(path)
      return isFine ? [] : [{ path, pathType, at: ['spec', 'rules', index, 'http', 'paths', at, 'pathType'] }]
    }),
  )
  const [first] = broken
  if (first === undefined) return undefined
  const lines = broken.map(({ path, pathType }) => `path ${path} cannot be used with pathType ${pathType}`)
  return { message: `ingress contains invalid paths: ${lines.join('\n')}`, path: first.at }
}

/** The controller walks the annotations in no order; here by key. */
function annotationWords(
  { annotations }: Ingress,
  configMap: Readonly<Record<string, string>>,
): Refusal | undefined {
  const words = (configMap['annotation-value-word-blocklist'] ?? '').split(',').filter((word) => word !== '')
  const allowsSnippets = parseGoBool(configMap['allow-snippet-annotations']) === true
  for (const [key, value] of Object.entries(annotations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const path = ['metadata', 'annotations', key]
    const word = key.startsWith(annotationPrefix)
      ? words.find((each) => value.includes(each.trim()))
      : undefined
    if (word !== undefined) return { message: `${key} annotation contains invalid word ${word}`, path }
    if (!allowsSnippets && key.endsWith('-snippet'))
      return {
        message: `${key} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`,
        path,
      }
  }
  return undefined
}

/** Whether another Ingress has a location of the same host and path in the configuration that would come of it. */
function overlap(ingress: Ingress, input: ControllerInput): Refusal | undefined {
  const { servers } = buildControllerConfig(input)
  const isOwn = (ref: { readonly namespace: string; readonly name: string }) =>
    ref.namespace === ingress.ref.namespace && ref.name === ingress.ref.name
  for (const [index, rule] of ingress.rules.entries())
    for (const [at, { path: written }] of (rule.paths ?? []).entries()) {
      const path = written || '/'
      const host = rule.host || catchAllHost
      const locations = servers.find(({ hostname }) => hostname === host)?.locations ?? []
      const owners = locations
        .filter((location) => location.path === path && !location.isDefault)
        .flatMap((location) => location.ingress ?? [])
      if (owners.length === 0) continue
      // The first path that somebody has decides; the ones behind it are not looked at.
      if (owners.some(isOwn)) return undefined
      const conflicting = owners.find((ref) => conflicts(ingress, input.ingresses, ref))
      return (
        conflicting && {
          message: `host "${host}" and path "${path}" is already defined in ingress ${conflicting.namespace}/${conflicting.name}`,
          path: ['spec', 'rules', index, 'http', 'paths', at, 'path'],
        }
      )
    }
  return undefined
}

/** Both canaries, or neither with the annotation. */
function conflicts(
  ingress: Ingress,
  ingresses: readonly Ingress[],
  owner: { readonly namespace: string; readonly name: string },
): boolean {
  const other = ingresses.find(({ ref }) => ref.namespace === owner.namespace && ref.name === owner.name)
  if (other === undefined) return false
  const hasNone = (each: Ingress) => annotationOf(each, 'canary') === undefined
  return (isCanary(ingress) && isCanary(other)) || (hasNone(ingress) && hasNone(other))
}
