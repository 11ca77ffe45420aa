/**
 * What the API server refuses in an Ingress: ValidateIngressSpec (kubernetes pkg/apis/networking/validation/validation.go, 1.35), in
 * its order.
 */
import { parseIp } from '../network/address.ts'
import { invalid, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { listAt, numberAt, objectAt, textAt, valueAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'
import { dns1035Label, dnsSubdomain, portName, wildcardSubdomain } from './name-rules.ts'
import { broken } from './validate-metadata.ts'
import { portProblems } from './validate-service.ts'

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix']
/** In Exact and Prefix paths: invalidPathSequences, invalidPathSuffixes. */
const refusedInPaths = ['//', '/./', '/../', '%2f', '%2F']
const refusedAtTheEnd = ['/..', '/.']

/** Problems of an Ingress's spec. */
export function validateIngress(body: JsonObject): readonly FieldProblem[] {
  const spec = objectAt(body, 'spec')
  const rules = listAt(spec, 'rules')
  const backend = valueAt(spec, 'defaultBackend')
  const className = textAt(spec, 'ingressClassName')
  return [
    ...(rules.length === 0 && backend === undefined ? [nothingAsked()] : []),
    ...(backend === undefined ? [] : backendProblems(backend, ['spec', 'defaultBackend'])),
    ...rules.flatMap((rule, index) => ruleProblems(rule, ['spec', 'rules', index])),
    ...listAt(spec, 'tls').flatMap((entry, index) => tlsProblems(entry, ['spec', 'tls', index])),
    ...(className === undefined ? [] : broken(['spec', 'ingressClassName'], className, dnsSubdomain)),
  ]
}

/** The old way to name a class; it keeps the default class away too. */
export const classAnnotation = 'kubernetes.io/ingress.class'

/** Problems of an Ingress that is being created: field and annotation must name the same class (ValidateIngressCreate). */
export function validateNewIngress(body: JsonObject): readonly FieldProblem[] {
  const annotation = textAt(body, 'metadata', 'annotations', classAnnotation)
  const field = textAt(body, 'spec', 'ingressClassName')
  if (annotation === undefined || field === undefined || annotation === field) return []
  const text = 'must match `ingressClassName` when both are specified'
  const problem = invalid(['annotations', classAnnotation], annotation, text, 'Leave the annotation out.')
  // The server leaves `metadata` out of the path that it prints.
  return [{ ...problem, path: ['metadata', 'annotations', classAnnotation] }]
}

/** The server prints Go's value of the rules. */
function nothingAsked(): FieldProblem {
  const detail =
    'Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified'
  const problem = invalid(['spec'], '', '', 'Write at least one rule.')
  return { ...problem, values: { field: 'spec', detail }, message: `spec: ${detail}` }
}

function ruleProblems(rule: JsonValue, path: FieldPath): FieldProblem[] {
  const host = textAt(rule, 'host') ?? ''
  const http = valueAt(rule, 'http')
  const paths = listAt(http, 'paths')
  const isIp = parseIp(host) !== undefined
  return [
    ...(isIp ? [invalid([...path, 'host'], host, 'must be a DNS name, not an IP address')] : []),
    ...(host === '' ? [] : hostProblems(host, [...path, 'host'])),
    ...(http !== undefined && paths.length === 0 ? [required([...path, 'http', 'paths'])] : []),
    ...paths.flatMap((item, index) => pathProblems(item, [...path, 'http', 'paths', index])),
  ]
}

function hostProblems(host: string, path: FieldPath): readonly FieldProblem[] {
  const hint = 'Write the bare name in lower case: no port, no scheme, no underscore.'
  const problems = broken(path, host, host.includes('*') ? wildcardSubdomain : dnsSubdomain)
  return problems.map((each) => ({ ...each, hint }))
}

function tlsProblems(entry: JsonValue, path: FieldPath): readonly FieldProblem[] {
  const secretName = textAt(entry, 'secretName') ?? ''
  return [
    ...listAt(entry, 'hosts').flatMap((host, at) =>
      typeof host === 'string' ? hostProblems(host, [...path, 'hosts', at]) : [],
    ),
    ...(secretName === '' ? [] : broken([...path, 'secretName'], secretName, dnsSubdomain)),
  ]
}

function pathProblems(item: JsonValue, at: FieldPath): readonly FieldProblem[] {
  const type = textAt(item, 'pathType')
  const typeField = [...at, 'pathType']
  if (type === undefined)
    return [required(typeField, 'pathType must be specified', 'Prefix is the usual one.')]
  const ofType = pathTypes.includes(type)
    ? pathTextProblems(textAt(item, 'path') ?? '', type, [...at, 'path'])
    : [unsupported(typeField, type, pathTypes, 'Prefix is the usual one.')]
  return [...ofType, ...backendProblems(valueAt(item, 'backend'), [...at, 'backend'])]
}

function pathTextProblems(path: string, type: string, field: FieldPath): readonly FieldProblem[] {
  const isFree = type === 'ImplementationSpecific'
  const refuse = (text: string, hint?: string) => invalid(field, path, text, hint)
  const isRelative = !path.startsWith('/') && !(isFree && path === '')
  const relative = isRelative ? [refuse('must be an absolute path', 'Begin it with /.')] : []
  if (isFree) return relative
  return [
    ...relative,
    ...refusedInPaths
      .filter((part) => path.includes(part))
      .map((part) => refuse(`must not contain '${part}'`)),
    ...refusedAtTheEnd.filter((end) => path.endsWith(end)).map((end) => refuse(`cannot end with '${end}'`)),
  ]
}

function backendProblems(backend: JsonValue | undefined, path: FieldPath): readonly FieldProblem[] {
  const service = valueAt(backend, 'service')
  const resource = valueAt(backend, 'resource')
  if (service !== undefined && resource !== undefined)
    return [invalid(path, '', 'cannot set both resource and service backends')]
  if (service !== undefined) return serviceProblems(service, path)
  return resource === undefined
    ? [invalid(path, '', 'resource or service backend is required')]
    : resourceProblems(resource, [...path, 'resource'])
}

function resourceProblems(resource: JsonValue, path: FieldPath): readonly FieldProblem[] {
  const group = textAt(resource, 'apiGroup')
  return [
    ...(group === undefined ? [] : broken([...path, 'apiGroup'], group, dnsSubdomain)),
    ...['kind', 'name']
      .filter((field) => (textAt(resource, field) ?? '') === '')
      .map((field) => required([...path, field], `${field} is required`)),
  ]
}

function serviceProblems(service: JsonValue, path: FieldPath): readonly FieldProblem[] {
  const name = textAt(service, 'name') ?? ''
  const portText = textAt(service, 'port', 'name') ?? ''
  const number = numberAt(service, 'port', 'number') ?? 0
  const field = (...rest: string[]) => [...path, 'service', ...rest]
  return [
    ...(name === '' ? [required(field('name'))] : broken(field('name'), name, dns1035Label)),
    ...(portText !== '' && number !== 0
      ? [invalid(path, '', 'cannot set both port name & port number')]
      : portText !== ''
        ? broken(field('port', 'name'), portText, portName)
        : number !== 0
          ? portProblems(field('port', 'number'), number)
          : [required(path, 'port name or number is required')]),
  ]
}
