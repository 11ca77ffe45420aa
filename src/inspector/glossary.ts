/** Words that a newcomer may not know, found in a sentence. */
import type { TextId } from '../i18n/en/catalogue.ts'

/** A piece of a sentence; all pieces in order are the sentence again. `term`: the text that explains this piece. */
export interface GlossaryPiece {
  readonly text: string
  readonly term?: TextId
}

// Whole words only: DNAT inside KUBE-DNAT-X is a name, not the word.
const words: readonly (readonly [pattern: string, term: TextId])[] = [
  ['ClusterIP', 'glossary.clusterip'],
  ['DNAT', 'glossary.dnat'],
  ['SNAT', 'glossary.snat'],
  ['masquerade[sd]?|MASQUERADE', 'glossary.masquerade'],
  ['conntrack|Conntrack|连接跟踪', 'glossary.conntrack'],
  ['ndots', 'glossary.ndots'],
  ['search list|搜索列表', 'glossary.search'],
  ['NXDOMAIN', 'glossary.nxdomain'],
  ['node ports?|NodePort|节点端口', 'glossary.nodeport'],
  ['EndpointSlices?', 'glossary.endpointslice'],
  ['kube-proxy', 'glossary.kubeproxy'],
  ['PREROUTING', 'glossary.prerouting'],
  ['POSTROUTING', 'glossary.postrouting'],
  ['FORWARD', 'glossary.forward'],
  ['OUTPUT', 'glossary.output'],
  ['TTL|ttl', 'glossary.ttl'],
  ['mark', 'glossary.mark'],
  ['SYN|SYN-ACK', 'glossary.syn'],
  ['RST', 'glossary.rst'],
  ['ICMP', 'glossary.icmp'],
  ['REJECT', 'glossary.reject'],
  ['blackhole', 'glossary.blackhole'],
  ['SERVFAIL', 'glossary.servfail'],
  ['AAAA', 'glossary.aaaa'],
  ['veth', 'glossary.veth'],
  ['FIN', 'glossary.fin'],
  ['TIME_WAIT', 'glossary.timewait'],
  ['musl|glibc', 'glossary.libc'],
  ['DNSEndpoints?', 'glossary.dnsendpoint'],
  ['VXLAN', 'glossary.vxlan'],
  ['VIP', 'glossary.vip'],
  ['headless|无头', 'glossary.headless'],
  ['Ingress', 'glossary.ingress'],
  ['selector|Selector|选择器', 'glossary.selector'],
]

const anyWord = new RegExp(
  `(?<![\\w-])(?:${words.map(([pattern]) => `(${pattern})`).join('|')})(?![\\w-])`,
  'g',
)

/** The sentence cut at the words that the glossary explains, each word explained once. */
export function glossaryPieces(sentence: string): readonly GlossaryPiece[] {
  const pieces: GlossaryPiece[] = []
  const explained = new Set<TextId>()
  let at = 0
  for (const match of sentence.matchAll(anyWord)) {
    const term = words[match.slice(1).findIndex((group) => group !== undefined)]?.[1]
    if (term === undefined || explained.has(term)) continue
    explained.add(term)
    if (match.index > at) pieces.push({ text: sentence.slice(at, match.index) })
    pieces.push({ text: match[0], term })
    at = match.index + match[0].length
  }
  if (at < sentence.length) pieces.push({ text: sentence.slice(at) })
  return pieces
}
