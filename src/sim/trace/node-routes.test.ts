/** What other routes make of Service traffic, as a kernel does: a node without a default route, a client outside with one to the Services. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { cidr, ip } from '../network/address.ts'
import type { Network, Route } from '../network/network.ts'
import {
  connectToWeb,
  fivePods,
  kernelLab,
  onlyNear,
  openRun,
  openToWeb,
  serviceYaml,
} from './kernel-lab.fixture.ts'

const near = 'pod/default/near'

/** The lab with its one Service. */
function labWith(spec: string): Lab {
  return kernelLab(...fivePods, onlyNear, serviceYaml(spec))
}

describe('a node without a default route', () => {
  const { cluster } = labWith('')
  const withoutDefault = (network: Network) =>
    withRoutes(network, ({ destination }) => destination !== '0.0.0.0/0')

  test('cannot reach any ClusterIP, since routing comes before OUTPUT’s rewrite', () => {
    const run = openRun(cluster, { network: withoutDefault })
    expect(connectToWeb(run, 'host01')).toMatchObject({ kind: 'failed', error: 'unreachable', afterMs: 0 })
  })
  test('lets its Pods reach the ClusterIP', () => {
    const run = openRun(cluster, { network: withoutDefault })
    expect(connectToWeb(run, near)).toMatchObject({ kind: 'connected' })
  })
  test('tells a Pod net unreachable where a ClusterIP has no endpoints: FORWARD is never reached', () => {
    const run = openRun(labWith('selector: { app: nobody }').cluster, { network: withoutDefault })
    expect(connectToWeb(run, near)).toMatchObject({ kind: 'failed', error: 'unreachable' })
    expect(run.recorder.hops.at(-1)?.before).toMatchObject({ type: 3, code: 0, src: '192.168.61.11' })
  })
})

describe('a client outside with a route to the Service range through a node', () => {
  test('reaches the Service, and Pods see that node', () => {
    const viaNode: Route = {
      kind: 'unicast',
      destination: cidr('10.96.0.0/12'),
      interfaceName: 'eth0',
      via: ip('192.168.61.12'),
      protocol: 'static',
    }
    const network = ({ hosts, links }: Network): Network => ({
      links,
      hosts: Object.fromEntries(
        Object.values(hosts).map((host) => [
          host.name,
          host.name === 'laptop' ? { ...host, routes: [...host.routes, viaNode] } : host,
        ]),
      ),
    })
    const run = openRun(labWith('').cluster, { network })
    expect(openToWeb(run, 'laptop').server.peer.address).toBe('192.168.61.12')
  })
})

function withRoutes({ hosts, links }: Network, isKept: (route: Route) => boolean): Network {
  const nodes = ['host01', 'host02']
  return {
    links,
    hosts: Object.fromEntries(
      Object.values(hosts).map((host) => [
        host.name,
        nodes.includes(host.name) ? { ...host, routes: host.routes.filter(isKept) } : host,
      ]),
    ),
  }
}
