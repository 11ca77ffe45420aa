/** What the API server refuses in an Ingress: ValidateIngress (pkg/apis/networking/validation, 1.32). */
import { parseIp } from '../network/address.ts'
import { invalid, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { listAt, numberAt, objectAt, textAt, valueAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'
import { dnsSubdomain, portName, wildcardSubdomain } from './name-rules.ts'
import { broken } from './validate-metadata.ts'
import { portProblems } from './validate-service.ts'

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix']
/** In Exact and Prefix paths: invalidPathSequences. */
const refusedInPaths = ['//', '/./', '/../', '%2f', '%2F']

/** Problems of an Ingress's spec. */
export function validateIngress(body: JsonObject): readonly FieldProblem[] {
  const spec = objectAt(body, 'spec')
  const rules = listAt(spec, 'rules')
  const backend = valueAt(spec, 'defaultBackend')
  return [
    ...(rules.length === 0 && backend === undefined
      ? [invalid(['spec'], ingressSpecText(), 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(backend === undefined ? [] : backendProblems(backend, ['spec', 'defaultBackend'])),
    ...rules.flatMap((rule, index) => ruleProblems(rule, ['spec', 'rules', index])),
    ...listAt(spec, 'tls').flatMap((entry, index) =>
      listAt(entry, 'hosts').flatMap((host, at) =>
        typeof host === 'string' ? hostProblems(host, ['spec', 'tls', index, 'hosts', at]) : [],
      ),
    ),
  ]
}

/** Go prints the whole struct, which tells nobody anything. */
function ingressSpecText(): string {
  return ''
}

function ruleProblems(rule: JsonValue, path: FieldPath): FieldProblem[] {
  const host = textAt(rule, 'host') ?? ''
  const http = valueAt(rule, 'http')
  const paths = listAt(http, 'paths')
  return [
    ...(host === '' ? [] : hostProblems(host, [...path, 'host'])),
    ...(http !== undefined && paths.length === 0 ? [required([...path, 'http', 'paths'])] : []),
    ...paths.flatMap((item, index) => pathProblems(item, [...path, 'http', 'paths', index])),
  ]
}

function hostProblems(host: string, path: FieldPath): readonly FieldProblem[] {
  if (parseIp(host) !== undefined) return [invalid(path, host, 'must be a DNS name, not an IP address')]
  return broken(path, host, host.includes('*') ? wildcardSubdomain : dnsSubdomain)
}

function pathProblems(item: JsonValue, at: FieldPath): FieldProblem[] {
  const path = textAt(item, 'path') ?? ''
  const type = textAt(item, 'pathType')
  const pathField = [...at, 'path']
  const typeField = [...at, 'pathType']
  const relative = !path.startsWith('/') ? [invalid(pathField, path, 'must be an absolute path')] : []
  const strict = [
    ...relative,
    ...refusedInPaths
      .filter((part) => path.includes(part))
      .map((part) => invalid(pathField, path, `must not contain '${part}'`)),
  ]
  const ofType =
    type === undefined
      ? [required(typeField, 'pathType must be specified', 'Prefix is the usual one.')]
      : !pathTypes.includes(type)
        ? [unsupported(typeField, type, pathTypes)]
        : type === 'ImplementationSpecific'
          ? path === ''
            ? []
            : relative
          : strict
  return [...ofType, ...backendProblems(valueAt(item, 'backend'), [...at, 'backend'])]
}

function backendProblems(backend: JsonValue | undefined, path: FieldPath): FieldProblem[] {
  const service = valueAt(backend, 'service')
  const resource = valueAt(backend, 'resource')
  if (service === undefined) return resource === undefined ? [required([...path, 'service'])] : []
  if (resource !== undefined) return [invalid(path, '', 'cannot set both resource and service backends')]
  const name = textAt(service, 'name') ?? ''
  const portField = [...path, 'service', 'port']
  const portText = textAt(service, 'port', 'name') ?? ''
  const number = numberAt(service, 'port', 'number') ?? 0
  return [
    ...(name === '' ? [required([...path, 'service', 'name'])] : []),
    ...(portText === '' && number === 0 ? [required(portField, 'port name or number is required')] : []),
    ...(portText !== '' && number !== 0
      ? [invalid(portField, '', 'cannot set both port name & port number')]
      : []),
    ...(portText === '' ? [] : broken([...portField, 'name'], portText, portName)),
    ...(number === 0 ? [] : portProblems([...portField, 'number'], number)),
  ]
}
