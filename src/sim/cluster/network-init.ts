/**
 * Pods that write netfilter rules into their own network namespace before their containers start, as a service mesh's do so that all
 * traffic goes through its sidecar. What the rules are stands in no manifest: the container makes them of its arguments and annotations.
 */
import { flagAt, listAt, textAt, textsAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'

/**
 * The container of a Pod spec that writes rules, by name; undefined where there is none. Known are those that meshes inject (and those
 * that only look whether a mesh's CNI plugin has written them); of others an init container with NET_ADMIN, or a privileged one that
 * speaks of iptables or nft.
 */
export function networkInitOf(podSpec: JsonValue | undefined): string | undefined {
  const found = listAt(podSpec, 'initContainers').find(
    (container) => isOfMesh(container) || hasNetAdmin(container) || speaksOfRules(container),
  )
  return found === undefined ? undefined : (textAt(found, 'name') ?? '')
}

/** Istio, Linkerd, Kuma, Consul and Open Service Mesh: the names that their injectors give. */
const meshContainers = new Set([
  'istio-init',
  'istio-validation',
  'linkerd-init',
  'linkerd-network-validator',
  'kuma-init',
  'kuma-validation',
  'consul-connect-inject-init',
  'osm-init',
])

const meshImages = /(?:^|\/)(?:proxy-init|kuma-init|init-osm|osm-sidecar-init|proxy_init)(?:[:@]|$)/

function isOfMesh(container: JsonValue): boolean {
  return (
    meshContainers.has(textAt(container, 'name') ?? '') || meshImages.test(textAt(container, 'image') ?? '')
  )
}

function hasNetAdmin(container: JsonValue): boolean {
  const added = textsAt(container, 'securityContext', 'capabilities', 'add')
  return added.some((name) => ['NET_ADMIN', 'CAP_NET_ADMIN', 'ALL'].includes(name))
}

function speaksOfRules(container: JsonValue): boolean {
  const words = [...textsAt(container, 'command'), ...textsAt(container, 'args')].join(' ')
  return flagAt(container, 'securityContext', 'privileged') && /\b(?:ip6?tables|nft)\b/.test(words)
}
