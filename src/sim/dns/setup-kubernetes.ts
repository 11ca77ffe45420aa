/** `kubernetes [ZONES…] { … }` of a Corefile (CoreDNS plugin/kubernetes/setup.go). */
import type { Directive, DirectiveLine } from './corefile-blocks.ts'
import { isReverseName } from './domain-name.ts'
import type { KubernetesConfig } from './plugin-config.ts'
import { fallthroughZones, placeOf, unknownProperty, wrongArguments, zonesOr } from './plugin-setup.ts'
import type { Setup, SetupFault } from './plugin-setup.ts'

/** Reads the stanza; the first fault ends it. */
export function setupKubernetes(directive: Directive, blockZones: readonly string[]): Setup {
  const zones = zonesOr(directive.args, blockZones)
  const primaryZone = zones.find((zone) => !isReverseName(zone))
  if (primaryZone === undefined) return { error: 'non-reverse zone name must be used', line: directive.line }
  let config: KubernetesConfig = { ...defaults, ...placeOf(directive), zones, primaryZone }
  for (const line of directive.body) {
    const read = readProperty(config, line)
    if ('error' in read) return read
    config = read
  }
  if (config.namespaces.length > 0 && config.notModelled.includes('namespace_labels'))
    return { error: 'namespaces and namespace_labels cannot both be set', line: directive.endLine }
  return { config }
}

const defaults = {
  kind: 'kubernetes',
  pods: 'disabled',
  namespaces: [],
  ttlSeconds: 5,
  fallthrough: [],
  endpointPodNames: false,
  ignoreEmptyService: false,
  noEndpoints: false,
  notModelled: [],
} as const

function readProperty(
  config: KubernetesConfig,
  { line, words }: DirectiveLine,
): KubernetesConfig | SetupFault {
  const [property = '', ...args] = words
  switch (property) {
    case 'endpoint_pod_names':
      return args.length > 0
        ? wrongArguments(words.at(-1) ?? '', line)
        : { ...config, endpointPodNames: true }
    case 'noendpoints':
      return args.length > 0 ? wrongArguments(words.at(-1) ?? '', line) : { ...config, noEndpoints: true }
    case 'pods':
      return readPods(config, args, line)
    case 'namespaces':
      if (args.length === 0) return wrongArguments(property, line)
      return { ...config, namespaces: [...config.namespaces, ...args] }
    case 'fallthrough':
      return { ...config, fallthrough: fallthroughZones(args) }
    case 'ttl':
      return readTtl(config, args, line)
    case 'ignore':
      if (args[0] !== undefined && args[0] !== 'empty_service')
        return { error: `unable to parse ignore value: '${args[0]}'`, line }
      return { ...config, ignoreEmptyService: args[0] === 'empty_service' }
    case 'labels':
    case 'namespace_labels':
      if (args.length === 0) return wrongArguments(property, line)
      return { ...config, notModelled: [...config.notModelled, property] }
    case 'endpoint':
    case 'tls':
    case 'kubeconfig':
      // How CoreDNS reaches the API server: another cluster's is not simulated.
      if (args.length === 0) return wrongArguments(property, line)
      return { ...config, notModelled: [...config.notModelled, property] }
    case 'apiserver_qps':
    case 'apiserver_burst':
    case 'apiserver_max_inflight':
    case 'startup_timeout':
    case 'multicluster':
      return property === 'multicluster'
        ? { ...config, notModelled: [...config.notModelled, property] }
        : config
    default:
      return unknownProperty(property, line)
  }
}

function readPods(
  config: KubernetesConfig,
  args: readonly string[],
  line: number,
): KubernetesConfig | SetupFault {
  const [mode] = args
  if (mode === undefined || args.length !== 1) return wrongArguments(args.at(-1) ?? 'pods', line)
  if (mode === 'disabled' || mode === 'insecure' || mode === 'verified') return { ...config, pods: mode }
  return { error: `wrong value for pods: ${mode},  must be one of: disabled, verified, insecure`, line }
}

function readTtl(
  config: KubernetesConfig,
  args: readonly string[],
  line: number,
): KubernetesConfig | SetupFault {
  const [text] = args
  if (text === undefined) return wrongArguments('ttl', line)
  if (!/^[-+]?\d+$/.test(text)) return { error: `strconv.Atoi: parsing "${text}": invalid syntax`, line }
  const ttlSeconds = Number(text)
  if (ttlSeconds < 0 || ttlSeconds > 3600)
    return { error: `ttl must be in range [0, 3600]: ${ttlSeconds}`, line }
  return { ...config, ttlSeconds }
}
