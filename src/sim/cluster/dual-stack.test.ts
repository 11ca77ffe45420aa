/** A cluster with ranges of both families: what Services, Pods and slices get, and what a node's IPv6 rules say. */
import { describe, expect, test } from 'vitest'
import { createLab, openState, type Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { textsAt } from '../manifest/json-fields.ts'

const machines = (serviceSubnet: string, podSubnet: string) => `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.32.5
networking: { podSubnet: "${podSubnet}", serviceSubnet: "${serviceSubnet}", dnsDomain: cluster.local }
---
apiVersion: v1
kind: Node
metadata: { name: host01 }
status:
  addresses: [{ type: InternalIP, address: 192.168.61.11 }, { type: InternalIP, address: "fd00:61::11" }]
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.27", ports: [{ containerPort: 80 }] }] }
`

const both = machines('10.96.0.0/12,fd00:10:96::/108', '172.31.0.0/16,fd00:10:244::/56')

function labWith(text: string): Lab {
  const parsed = parseFile('machines.yaml', text)
  return createLab(
    openState({
      scenario: 'dual-stack',
      seed: 1,
      nowMs: Date.UTC(2026, 10, 25, 1),
      files: [{ text, parsed, role: 'cluster' }],
    }),
  )
}

function apply(lab: Lab, spec: string) {
  const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }], ${spec} }\n`
  return lab.apply(parseFile('service.yaml', text), text).diagnostics.map(({ message }) => message)
}

function serviceOf(lab: Lab) {
  const object = lab.cluster.objects['Service/default/web']
  return {
    clusterIPs: textsAt(object?.body, 'spec', 'clusterIPs'),
    ipFamilies: textsAt(object?.body, 'spec', 'ipFamilies'),
  }
}

const v4 = /^10\.(9[6-9]|10\d|11[01])\./
const v6 = /^fd00:10:96::[\da-f]+$/

describe('in a dual-stack cluster a Service', () => {
  test.each([
    { spec: '', families: ['IPv4'], addresses: [v4] },
    { spec: 'ipFamilyPolicy: SingleStack, ipFamilies: [IPv6]', families: ['IPv6'], addresses: [v6] },
    { spec: 'ipFamilyPolicy: PreferDualStack', families: ['IPv4', 'IPv6'], addresses: [v4, v6] },
    { spec: 'ipFamilyPolicy: RequireDualStack', families: ['IPv4', 'IPv6'], addresses: [v4, v6] },
    {
      spec: 'ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6]',
      families: ['IPv6', 'IPv4'],
      addresses: [v6, v4],
    },
    {
      spec: 'ipFamilyPolicy: PreferDualStack, clusterIPs: ["fd00:10:96::1234"]',
      families: ['IPv6', 'IPv4'],
      addresses: [/^fd00:10:96::1234$/, v4],
    },
  ])('with { $spec } has $families', ({ spec, families, addresses }) => {
    const lab = labWith(both)
    expect(apply(lab, spec)).toEqual([])
    const service = serviceOf(lab)
    expect(service.ipFamilies).toEqual(families)
    expect(service.clusterIPs).toEqual(addresses.map((each) => expect.stringMatching(each)))
    const slices = lab.cluster.endpointSlices.filter(({ serviceName }) => serviceName === 'web')
    expect(slices.map(({ addressType }) => addressType).toSorted()).toEqual(families.toSorted())
    for (const slice of slices) expect(slice.endpoints).toHaveLength(2)
  })

  test('that had one address gets the other when its policy asks for both, and gives it back', () => {
    const lab = labWith(both)
    apply(lab, '')
    const [first] = serviceOf(lab).clusterIPs
    apply(lab, 'ipFamilyPolicy: PreferDualStack')
    expect(serviceOf(lab).clusterIPs).toEqual([first, expect.stringMatching(v6)])
    apply(lab, 'ipFamilyPolicy: SingleStack')
    expect(serviceOf(lab)).toEqual({ clusterIPs: [first], ipFamilies: ['IPv4'] })
  })

  test.each([
    {
      spec: 'ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6]',
      says: "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    },
    {
      spec: 'ipFamilies: [IPv6], clusterIP: "fd00:9::1"',
      says: 'spec.clusterIPs: Invalid value: []string{"fd00:9::1"}: failed to allocate IP fd00:9::1: the provided IP (fd00:9::1) is not in the valid range. The range of valid IPs is fd00:10:96::/108',
    },
  ])('with { $spec } is refused', ({ spec, says }) => {
    expect(apply(labWith(both), spec)).toEqual([says])
  })
})

describe('in a single-stack cluster', () => {
  const one = machines('10.96.0.0/12', '172.31.0.0/16')
  test('PreferDualStack takes what there is', () => {
    const lab = labWith(one)
    expect(apply(lab, 'ipFamilyPolicy: PreferDualStack')).toEqual([])
    expect(serviceOf(lab).ipFamilies).toEqual(['IPv4'])
  })
  test('a family that is not there is refused', () => {
    expect(apply(labWith(one), 'ipFamilies: [IPv6]')).toEqual([
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ])
  })
})

describe('in a dual-stack cluster', () => {
  const lab = labWith(both)
  apply(lab, 'ipFamilyPolicy: RequireDualStack, type: NodePort')

  test('a Pod has an address of each family, a node a podCIDR of each', () => {
    const pod = lab.cluster.pods.find(({ ref }) => ref.name.startsWith('web-'))
    expect(pod?.ips).toEqual([
      expect.stringMatching(/^172\.31\.0\.\d+$/),
      expect.stringMatching(/^fd00:10:244::[\da-f]+$/),
    ])
    expect(lab.cluster.nodes[0]?.podCidrs).toEqual(['172.31.0.0/24', 'fd00:10:244::/64'])
  })

  test('Endpoints has the first family alone', () => {
    const endpoints = JSON.stringify(lab.cluster.objects['Endpoints/default/web']?.body['subsets'])
    expect(endpoints).toContain('172.31.0.')
    expect(endpoints).not.toContain('fd00')
  })

  test('the node’s IPv6 rules lead the Service’s IPv6 address to its Pods’', () => {
    const rules = lab.ip6tablesSave('host01')
    const [, address = ''] = serviceOf(lab).clusterIPs
    expect(rules).toContain(
      `-A KUBE-SERVICES -d ${address}/128 -p tcp -m comment --comment "default/web cluster IP"`,
    )
    expect(rules).toMatch(/-j DNAT --to-destination \[fd00:10:244::[\da-f]+\]:80\n/)
    expect(rules).toContain('-A KUBE-SERVICES ! -d ::1/128 -m comment')
    expect(rules).toMatch(/^# Generated by ip6tables-save v1\.8\.9 /)
    expect(rules).not.toMatch(/172\.31|127\.0\.0|10\.96/)
  })

  test('in IPv6 the jumps to KUBE-FIREWALL are kube-proxy’s own and stand on top', () => {
    const input = lab.ip6tablesSave('host01').match(/^-A INPUT .*$/gm)
    expect(input?.[0]).toBe('-A INPUT -j KUBE-FIREWALL')
    expect(lab.ruleOwners('host01', 6)['filter INPUT 1']).toBeUndefined()
  })

  test('IPv4’s rules stay what they are', () => {
    expect(lab.iptablesSave('host01')).not.toContain('fd00')
  })
})

describe('in a dual-stack cluster a load balancer', () => {
  const pools = (...ranges: readonly string[]) =>
    ranges
      .map(
        (range, index) =>
          `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: pool-${index}, namespace: default }\nspec: { addresses: [${range}] }\n---\n`,
      )
      .join('')
  const [v4Pool, v6Pool] = ['192.168.61.200/30', '"fd00:61::200/126"']

  test.each([
    { policy: 'SingleStack', families: 'IPv4', ranges: [`${v6Pool}, ${v4Pool}`], got: ['192.168.61.200'] },
    { policy: 'SingleStack', families: 'IPv6', ranges: [v4Pool, v6Pool], got: ['fd00:61::200'] },
    {
      policy: 'RequireDualStack',
      families: 'IPv6, IPv4',
      ranges: [v4Pool, `${v4Pool}, ${v6Pool}`],
      got: ['fd00:61::200', '192.168.61.200'],
    },
    { policy: 'RequireDualStack', families: 'IPv4, IPv6', ranges: [v4Pool, v6Pool], got: [] },
    { policy: 'PreferDualStack', families: 'IPv4, IPv6', ranges: [v6Pool], got: ['fd00:61::200'] },
  ])('of $policy $families with pools $ranges has $got', ({ policy, families, ranges, got }) => {
    const lab = labWith(`${both}---\n${pools(...ranges)}`)
    expect(apply(lab, `type: LoadBalancer, ipFamilyPolicy: ${policy}, ipFamilies: [${families}]`)).toEqual([])
    const service = lab.cluster.services.find(({ ref }) => ref.name === 'web')
    expect(service?.loadBalancerIngress.map(({ ip }) => ip)).toEqual(got)
  })
})
