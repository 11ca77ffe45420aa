import { describe, expect, test } from 'vitest'
import { createLab } from '../../sim/lab.ts'
import type { Trace } from '../../sim/trace/trace.ts'
import { scenarioState } from '../scenario-state.ts'
import { production } from './production.ts'

const state = scenarioState(production)
const open = () => createLab(state)
const ask = (lab = open(), url = production.request.url) => lab.send({ ...production.request, url, seed: 6 })

function titles({ hops }: Trace): readonly string[] {
  return hops.map(({ title }) => title.id)
}

function forwardedFor({ hops, exchanges }: Trace): string | undefined {
  const sent = hops.find(
    ({ message, exchange }) => message?.kind === 'http-request' && exchanges[exchange]?.leg === 'upstream',
  )
  return sent?.message?.kind === 'http-request'
    ? sent.message.request.headers.find(([name]) => name === 'X-Forwarded-For')?.[1]
    : undefined
}

describe('the production scenario', () => {
  test('leads from the wildcard name by the balancer, TLS and the Host to a Pod, as its first request', () => {
    const trace = ask()
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    const stations = [
      'hop.found-outside.title',
      'hop.enter-balancer.title',
      'hop.dispatch.title',
      'hop.dnat.title',
      'hop.tls-secret.title',
      'hop.tls-verified.title',
      'hop.ingress-proxy.title',
      'hop.http-answer-image.title',
    ]
    expect(titles(trace).filter((id) => stations.includes(id))).toEqual(stations)
  })

  test('keeps the client’s address up to the controller, which tells it to the Pod', () => {
    expect(forwardedFor(ask())).toBe('192.168.61.100')
  })

  test('loses it to the node with externalTrafficPolicy Cluster', () => {
    const lab = open()
    const controller = { kind: 'Service', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' }
    lab.patch(controller, { spec: { externalTrafficPolicy: 'Cluster' } })
    expect(forwardedFor(ask(lab))).toMatch(/^192\.168\.61\.1[23]$/)
  })

  test('keeps the control plane out of the balancer, and has one worker answer and the other wait', () => {
    const hop = ask().hops.find(({ title }) => title.id === 'hop.enter-balancer.title')
    const reasons = hop?.evidence[0]?.candidates.map(({ name, reason }) => [reason.id, name]) ?? []
    expect(Object.fromEntries(reasons)).toMatchObject({ 'reason.announcer-excluded': 'host01' })
    expect(new Set(reasons.map(([id]) => id))).toEqual(
      new Set(['reason.announcer-excluded', 'reason.announcer-larger', 'reason.announcer-smallest']),
    )
  })

  test('tells the two sites apart by their names', () => {
    const trace = ask(open(), 'https://web02.cluster.example.com/')
    expect(trace.result).toMatchObject({ kind: 'http', response: { body: 'hello from web02\n' } })
  })

  test('leads a third name to the same address, where the controller has only its fake certificate for it', () => {
    const trace = ask(open(), 'https://web03.cluster.example.com/')
    expect(titles(trace)).toEqual(expect.arrayContaining(['hop.enter-balancer.title', 'hop.tls-fake.title']))
    expect(trace.verdict.kind).not.toBe('answered')
  })

  test('runs kube-proxy and a speaker on all three nodes, and everything else on the workers', () => {
    const onControlPlane = open().cluster.pods.filter(({ nodeName }) => nodeName === 'host01')
    expect(onControlPlane.map(({ ref }) => ref.name.replace(/-\w+$/, '')).toSorted()).toEqual([
      'kube-proxy',
      'speaker',
    ])
  })
})
