import { expect, test } from 'vitest'
import { generateCluster } from './generate-cluster.ts'

test('the same seed gives the same cluster and flows', () => {
  const [one, other] = [generateCluster(7, 20), generateCluster(7, 20)]
  expect(other.objects).toBe(one.objects)
  expect(other.choices).toEqual(one.choices)
  expect(other.flows).toEqual(one.flows)
})

test('forty seeds have every kind of Service, policy and flow', () => {
  const clusters = Array.from({ length: 40 }, (_, seed) => generateCluster(seed, 20))
  const text = clusters.map(({ objects }) => objects).join('')
  for (const word of ['ClusterIP', 'NodePort', 'LoadBalancer', 'externalIPs', 'ClientIP', 'terminating'])
    expect(text).toContain(word)
  for (const word of [
    'externalTrafficPolicy: Local',
    'internalTrafficPolicy: Local',
    'SourceRanges',
    'nobody',
  ])
    expect(text).toContain(word)
  const urls = clusters.flatMap(({ flows }) => flows.map(({ url }) => url.replace(/[/ ].*/, '')))
  expect(new Set(urls)).toEqual(new Set(['tcp:', 'udp:', 'ping']))
})
