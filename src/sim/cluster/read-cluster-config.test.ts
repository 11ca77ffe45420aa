import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../manifest/manifest.ts'
import type { ApiObject } from './objects.ts'
import { readClusterConfig } from './read-cluster-config.ts'

describe('detectLocalMode', () => {
  test.each<{ readonly why: string; readonly body: JsonObject; readonly detects: unknown }>([
    {
      why: 'no mode is named: the clusterCIDR, both ranges of a dual-stack pair',
      body: { clusterCIDR: '172.31.0.0/16,fd00:31::/48' },
      detects: { kind: 'ClusterCIDR', cidrs: ['172.31.0.0/16', 'fd00:31::/48'] },
    },
    { why: 'there is no clusterCIDR: nothing', body: {}, detects: { kind: 'none' } },
    {
      why: 'NodeCIDR, whatever the clusterCIDR',
      body: { detectLocalMode: 'NodeCIDR', clusterCIDR: '172.31.0.0/16' },
      detects: { kind: 'NodeCIDR' },
    },
    {
      why: 'BridgeInterface with its name',
      body: { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cni0' } },
      detects: { kind: 'BridgeInterface', name: 'cni0' },
    },
    {
      why: 'InterfaceNamePrefix with its prefix',
      body: { detectLocalMode: 'InterfaceNamePrefix', detectLocal: { interfaceNamePrefix: 'veth' } },
      detects: { kind: 'InterfaceNamePrefix', prefix: 'veth' },
    },
    {
      why: 'a mode lacks its value: nothing',
      body: { detectLocalMode: 'BridgeInterface', clusterCIDR: '172.31.0.0/16' },
      detects: { kind: 'none' },
    },
  ])('$why', ({ body, detects }) => {
    expect(readClusterConfig(undefined, kubeProxy(body)).kubeProxy.detectLocal).toEqual(detects)
  })

  test('is kubeadm’s, by the Pods’ range, where there is no KubeProxyConfiguration', () => {
    const cluster = {
      ...kubeProxy({ networking: { podSubnet: '10.0.0.0/16' } }),
      ref: { kind: 'ClusterConfiguration', namespace: '', name: 'kubeadm-config' },
    }
    expect(readClusterConfig(cluster, undefined).kubeProxy.detectLocal).toEqual({
      kind: 'ClusterCIDR',
      cidrs: ['10.0.0.0/16'],
    })
  })
})

function kubeProxy(body: JsonObject): ApiObject {
  const ref = { kind: 'KubeProxyConfiguration', namespace: '', name: 'kube-proxy' }
  return { ref, apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', body, createdAtMs: 0 }
}
