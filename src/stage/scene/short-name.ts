/** Names too long for their place: the middle goes, the end stays, for it tells one from another. */

const tail = 5

/** `nginx-7c5ddbdf54-zwx27` → `nginx-…-zwx27`. The name itself where it fits into `most` characters. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name
  const parts = name.split('-')
  const last = parts.at(-1) ?? ''
  if (parts.length < 3 || last.length !== tail)
    return `${name.slice(0, Math.max(1, most - tail - 1))}…${name.slice(-tail)}`
  const head = parts.slice(0, -2).join('-')
  return `${head.slice(0, Math.max(1, most - tail - 3)).replace(/-+$/, '')}-…-${last}`
}

/** `web01.cluster.example.com` → `web01.clu…ple.com`: both ends of a name that nobody made by a rule. */
export function shortMiddle(name: string, most: number): string {
  if (name.length <= most) return name
  const kept = Math.max(4, most - 1)
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(-Math.floor(kept / 2))}`
}

/** `to KUBE-EXT-CG5I4G2RS3ZVWGLK` → `to KUBE-EXT-…WGLK`: of kube-proxy's hash (pkg/proxy/iptables, portProtoHash) as much as fits. */
export function shortChain(text: string, most: number): string {
  const found = /(KUBE-[A-Z]+-)([A-Z2-7]{16})/.exec(text)
  if (text.length <= most || found === null) return text
  const [whole, head = '', hash = ''] = found
  const room = most - (text.length - hash.length) - 1
  return text.replace(whole, room < 2 ? head.slice(0, -1) : `${head}…${hash.slice(-room)}`)
}
