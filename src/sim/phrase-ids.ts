/** Every sentence that the simulator can say. `i18n/en/sim.ts` and `i18n/zh-CN/sim.ts`, with the folders `phrases` beside them, have a text for each; a missing one does not compile. */
import type { BalancerReason } from './ingress/balancing.ts'
import type { AnswerReason, ListenerReason, RuleReason } from './gateway/gateway-decision.ts'
import type { CanaryReason } from './ingress/canary.ts'
import type { DecisionReason } from './ingress/decision.ts'
import type { RespondReason } from './ingress/route-decision.ts'
import type { NameFinding } from './dns/kubernetes-name.ts'
import type { PluginSaid } from './dns/dns-answer.ts'
import type { NodePortRefusal } from './kube-proxy/takes-node-ports.ts'
import type { RungReason } from './dns/ladder.ts'
import type { AnnouncerVerdict } from './trace/announce-balancers.ts'
import type { NoSource } from './source-cells/source-requests.ts'
import type { ChainError } from './tls/verify-chain.ts'

/** What can happen at a hop, in words: each has a title, a caption and a label. */
export type HopName =
  // names
  | 'read-resolver-list'
  | 'read-resolver-burst'
  | 'read-resolver-absolute'
  | 'ask'
  | 'ask-racing'
  | 'answer-missing'
  | 'dns-found'
  | 'dns-empty'
  | 'dns-failed'
  | 'dns-not-modelled'
  | `resolved-${'hosts' | 'found' | 'reply' | 'not-found' | 'try-again' | 'no-data' | 'illegal'}`
  | 'ask-outside'
  | 'found-outside'
  | 'unknown-outside'
  // a node's rules
  | 'enter'
  | 'enter-vip'
  | 'enter-balancer'
  | 'cross'
  | 'cross-router'
  | 'encapsulate'
  | 'decapsulate'
  | 'dispatch'
  | 'dispatch-node-port'
  | 'choose'
  | 'choose-only'
  | 'dnat'
  | 'dnat-by-rule'
  | 'nft-dispatch'
  | 'nft-dispatch-node-port'
  | 'nft-choose'
  | 'nft-choose-affinity'
  | 'nft-no-match'
  | 'nft-rejected-port'
  | 'nft-dropped-free'
  | 'snat'
  | 'snat-outgoing'
  | 'snat-by-rule'
  | 'repeat'
  | 'repeat-source'
  | 'restore'
  | 'restore-client'
  | 'no-match'
  // IPVS
  | `ipvs-${'marked' | 'unmarked' | 'dispatch' | 'dispatch-node-port' | 'rewrite' | 'repeat' | 'restore'}`
  | `ipvs-choose${'' | '-only' | '-template' | '-hash' | '-least'}`
  | `ipvs-${'refused' | 'rejected' | 'dropped' | 'not-modelled'}`
  | 'route-dummy'
  | 'filter'
  | 'filter-rule'
  | `route-${'default' | 'direct' | 'via' | 'outer'}`
  // ends
  | 'dropped'
  | 'dropped-by-policy'
  | 'conntrack-full'
  | 'conntrack-clash'
  | 'clash-resolved'
  | 'rejected'
  | 'rejected-by-rule'
  | 'blackhole'
  | 'no-route'
  | `${'lost-at' | 'refused-by'}-router${'' | '-pod'}`
  | 'error-lost'
  | 'no-neighbour'
  | `not-announced${'' | '-endpoint'}`
  | 'not-forwarding'
  | 'not-modelled'
  | 'balancer-not-modelled'
  | 'overlay-not-modelled'
  | 'pod-rules-not-modelled'
  | 'plugin-not-modelled'
  | 'gone'
  | 'link-gone'
  | 'cut-off'
  | 'neighbour-cut-off'
  | 'not-sent'
  | 'not-permitted'
  | 'held-back'
  | 'heard-refused'
  | 'heard-too-early'
  | 'heard-by-sctp'
  | `sctp-${'init-ack' | 'associated' | 'abort' | 'gave-up' | 'shutdown'}`
  | 'heard-unreachable'
  // sockets and programs
  | 'send'
  | 'syn-ack'
  | 'connected'
  | 'stray-answer'
  | 'reset'
  | 'closed-port'
  | `${'reset' | 'closed-port'}-node-port`
  | 'asked-again'
  | 'retransmit'
  | 'gave-up'
  | 'data-lost'
  | 'answer-lost'
  | 'gave-up-early'
  | 'client-gone'
  | 'close'
  | 'udp-taken'
  | `http-answer-${'annotation' | 'image' | 'nothing'}`
  | 'http-received'
  | 'daemon'
  | 'health-check'
  | 'tls'
  | `tls-${'secret' | 'fake' | 'application'}`
  | `tls-${'verified' | 'unverified' | 'refused' | 'name-differs' | 'unjudged' | 'to-plain' | 'wrong-version'}`
  | 'plain-to-tls'
  | 'echo'
  | 'echo-reply'
  | 'echo-received'
  | 'no-echo'
  | 'no-echo-service'
  // the ingress controller
  | 'ingress-proxy'
  | 'ingress-next'
  | 'ingress-not-modelled'
  | 'ingress-refused-config'
  | 'ingress-gave-up'
  | `ingress-${RespondReason['kind']}`
  // a Gateway's proxy
  | 'gateway-proxy'
  | 'gateway-not-modelled'
  | 'gateway-no-certificate'
  | `gateway-${AnswerReason['kind']}`

/** The parts of a hop's text. */
export type HopPart = 'title' | 'caption' | 'label'

export type ReasonName =
  | 'source-inside'
  | 'source-outside'
  | 'destination-differs'
  | 'protocol-differs'
  | 'port-differs'
  | 'mark-set'
  | 'mark-not-set'
  | 'state-differs'
  | 'draw-lost'
  | 'draw-won'
  | 'address-not-local'
  | 'not-seen-recently'
  | 'in-set'
  | 'not-in-set'
  | 'match-failed'
  | 'not-modelled'
  | 'chain-returned'
  | 'jumps'
  | 'applies'
  | 'takes-the-rest'
  | 'nft-element'
  | 'nft-no-element'
  | 'nft-drawn'
  | 'nft-not-drawn'
  | 'virtual-server-found'
  | `${'its' | 'not-its'}-turn`
  | `hash-${'chose' | 'other'}`
  | `template-${'chose' | 'other'}`
  | `${'fewest' | 'more'}-connections`
  | 'weight-zero'
  | 'not-tried'
  | 'more-rules-lost'
  | `route-${'other-destination' | 'shorter' | 'won'}`
  | `tunnel-${'' | 'other-'}peer`
  | `announcer-${AnnouncerVerdict | 'no-advertisement'}`
  | `vip-${'leads' | 'waits' | 'not-ready'}`
  | `ration-${'enough' | 'short'}`
  | 'node-listens'
  | `node-port-${NodePortRefusal | 'answers'}`
  | 'other-port'
  | `endpoint-${'here' | 'elsewhere' | 'terminating' | 'not-ready'}`
  | `told-by-${'annotation' | 'containerPort' | 'environment' | 'probe' | 'image'}`
  | 'outside-covers'
  | 'outside-other'
  | `balancer-${BalancerReason['kind']}`
  | `canary-${CanaryReason['kind'] | 'other'}`
  | 'annotation-not-modelled'
  | 'balancer-other'
  | `tls-${ChainError}`
  | `tls-${'trusted' | 'issuer-known' | 'algorithm-unknown' | 'in-date' | 'name-fits' | 'name-differs'}`
  | `rung-${RungReason['kind']}`
  | `nginx-${DecisionReason['kind']}`
  | `gateway-${ListenerReason['kind'] | RuleReason['kind']}`
  | 'gateway-filter'
  | 'gateway-weight'
  | 'gateway-weight-drawn'
  | `gateway-endpoint-${'drawn' | 'other'}`
  | `record-${Exclude<PluginSaid['kind'], 'read-name'> | 'former-corefile'}`
  | `reading-${NameFinding['kind']}`

export type EvidenceName =
  | 'dispatch'
  | 'choice'
  | 'endpoint'
  | 'filter'
  | 'rule'
  | 'masquerade'
  | 'mark'
  | 'virtual-server'
  | 'nft-dispatch'
  | 'nft-choice'
  | 'nft-filter'
  | 'real-servers'
  | 'routes'
  | 'tunnel'
  | 'announcers'
  | 'vip-leader'
  | 'tunnel-peer'
  | 'ration'
  | 'search-list'
  | 'records'
  | 'outside-names'
  | 'no-outside-names'
  | 'sockets'
  | 'node-port-addresses'
  | 'local-endpoints'
  | 'certificates'
  | 'servers'
  | 'locations'
  | 'canary'
  | 'upstream'
  | 'annotations'
  | 'refused-config'
  | 'listeners'
  | 'listeners-by-sni'
  | 'route-rules'
  | 'filters'
  | 'backends'
  | 'gateway-endpoints'
  | 'verification'

export type ExchangeName =
  | 'dns'
  | 'dns-again'
  | 'dns-tcp'
  | 'connect'
  | 'tls'
  | 'http'
  | 'close'
  | 'ping'
  | 'udp'
  | 'sctp'
  | 'upstream-connect'
  | 'upstream-tls'
  | 'upstream-http'
  | `gateway-${'connect' | 'http'}`
  | `mirror-${'connect' | 'http'}`

export type VerdictName =
  | 'unknown'
  | 'not-modelled'
  | 'http'
  | 'connected'
  | 'delivered'
  | 'refused'
  | 'timed-out'
  | 'unreachable'
  | 'reset'
  | 'client-gone'
  | `tls-${ChainError | 'name' | 'wrong-version'}`
  | `name-${'not-found' | 'try-again' | 'no-data' | 'illegal'}`
  | 'ping'
  | 'ping-unreachable'
  | 'ping-silence'
  | 'dns'
  | 'dns-failed'
  | 'dns-silence'
  | 'dns-unasked'

export type RequestProblemName =
  | 'empty'
  | 'blank-inside'
  | 'unknown-scheme'
  | 'port-missing'
  | 'host-missing'
  | 'bad-host'
  | 'bad-port'
  | 'no-vantage'

/** Why a cell of "Who does the Pod think I am?" is empty. */
export type NoSourceName = NoSource | 'not-drawn'

export type PhraseId =
  | `hop.${HopName}.${HopPart}`
  | `reason.${ReasonName}`
  | `evidence.${EvidenceName}`
  | `exchange.${ExchangeName}`
  | `verdict.${VerdictName}`
  | `request.${RequestProblemName}`
  | `source.${NoSourceName}`
