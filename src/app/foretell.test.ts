import { describe, expect, test } from 'vitest'
import { foretell, hostOf } from './foretell.ts'
import { production } from '../scenarios/production/production.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { createLab } from '../sim/lab.ts'
import { chapterSnapshot } from '../stage/chapter.fixture.ts'
import { pageOver, snapshotAt } from './small-lab.fixture.ts'

test.each([
  { url: 'http://nginx/', host: 'nginx' },
  { url: 'http://nginx:8080/a?b', host: 'nginx' },
  { url: 'ping nginx', host: 'nginx' },
  { url: '  dig web01.example.com ', host: 'web01.example.com' },
  { url: 'dig @10.96.0.10 +search nginx', host: 'nginx' },
  { url: 'getent hosts nginx', host: 'nginx' },
  { url: 'http://[fd00::1]:80/', host: 'fd00::1' },
  { url: 'nginx', host: 'nginx' },
  { url: '', host: '' },
])('the host of "$url" is "$host"', ({ url, host }) => {
  expect(hostOf(url)).toBe(host)
})

describe('what Send will do is told', () => {
  const request = pageOver().state().request
  test.each([
    { url: 'http://10.96.0.1/', id: 'foretell.address' },
    { url: 'http://nobody/', id: 'foretell.name' },
    { url: '', id: 'foretell.empty' },
  ])('for "$url" by $id', ({ url, id }) => {
    expect(foretell(snapshotAt(1), { ...request, url }).id).toBe(id)
  })
})

describe('what Send will do in the chapter’s cluster is told', () => {
  const request = pageOver().state().request
  test.each([
    { from: 'pod/default/pod', url: 'http://nginx/', id: 'foretell.service' },
    { from: 'pod/default/pod', url: 'tcp://nginx:80', id: 'foretell.service' },
    { from: 'pod/default/pod', url: 'http://nginx:81/', id: 'foretell.name' },
    { from: 'pod/default/pod', url: 'udp://nginx:80', id: 'foretell.name' },
    { from: 'pod/default/pod', url: 'ping nginx', id: 'foretell.name' }, // nothing is rewritten or drawn for ICMP
    { from: 'pod/default/pod', url: 'dig nginx', id: 'foretell.name' },
    { from: 'laptop', url: 'http://nginx.default/', id: 'foretell.name' },
    { from: 'laptop', url: 'https://web01.cluster.example.com/', id: 'foretell.name' }, // no DNSEndpoint is applied
  ])('from $from for "$url" by $id', ({ from, url, id }) => {
    expect(foretell(chapterSnapshot, { ...request, from, url }).id).toBe(id)
  })
})

describe('what Send will do from outside is told', () => {
  const snapshot = createLab(scenarioState(production)).snapshot()
  test.each([
    { host: 'web01.cluster.example.com', id: 'foretell.outside' },
    { host: 'cluster.example.com', id: 'foretell.name' },
    { host: 'web01', id: 'foretell.name' },
  ])('for $host by $id', ({ host, id }) => {
    const request = { ...pageOver().state().request, from: 'laptop', url: `https://${host}/` }
    expect(foretell(snapshot, request).id).toBe(id)
  })
})
