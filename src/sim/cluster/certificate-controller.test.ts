import { describe, expect, test } from 'vitest'
import { valueAt } from '../manifest/json-fields.ts'
import { matchHost } from '../tls/match-host.ts'
import { readTlsSecret } from '../tls/tls-secret.ts'
import { verifyChain } from '../tls/verify-chain.ts'
import { applyText, chapterCluster, withChapterFiles } from './chapter-cluster.fixture.ts'
import { certificateOf } from './certificate-controller.ts'
import type { Cluster } from './cluster.ts'

const production = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml', 'production-ingress.yaml')

const certificate = (name: string, spec: string, namespace = 'default') =>
  `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n`

function after(...texts: readonly string[]): Cluster {
  return applyText(chapterCluster(), texts.join('---\n')).cluster
}

function pairOf(cluster: Cluster, name: string, namespace = 'default') {
  const secret = cluster.secrets.find(({ ref }) => ref.name === name && ref.namespace === namespace)
  const read = secret === undefined ? undefined : readTlsSecret(secret.data)
  return read?.kind === 'pair' ? read.chain : undefined
}

function readyOf(cluster: Cluster, kind: string, name: string, namespace = 'default') {
  const conditions = valueAt(cluster.objects[`${kind}/${namespace}/${name}`]?.body, 'status', 'conditions')
  return Array.isArray(conditions)
    ? conditions.flatMap((each) => (each.type === 'Ready' ? [`${each.status} ${each.reason}`] : [])).join()
    : undefined
}

describe("the chapter's Certificate", () => {
  const chain = pairOf(production, 'wildcard-tls')
  const [authority] = pairOf(production, 'classroom-ca', 'cert-manager') ?? []

  test('becomes a pair that the authority vouches for', () => {
    if (chain === undefined || authority === undefined) throw new Error('nothing was issued')
    expect(verifyChain(chain, [authority], production.nowMs).kind).toBe('trusted')
    expect(matchHost(chain[0].certificate, 'web01.cluster.example.com').kind).toBe('matched')
    expect(readyOf(production, 'Certificate', 'wildcard')).toBe('True Ready')
    expect(readyOf(production, 'ClusterIssuer', 'classroom', '')).toBe('True KeyPairVerified')
  })

  test('lies in a Secret as cert-manager writes it', () => {
    const secret = production.secrets.find(({ ref }) => ref.name === 'wildcard-tls')
    expect(secret).toMatchObject({
      type: 'kubernetes.io/tls',
      annotations: {
        'cert-manager.io/alt-names': '*.cluster.example.com',
        'cert-manager.io/certificate-name': 'wildcard',
        'cert-manager.io/issuer-kind': 'ClusterIssuer',
        'cert-manager.io/issuer-name': 'classroom',
      },
    })
    expect(Object.keys(secret?.data ?? {}).toSorted()).toEqual(['ca.crt', 'tls.crt', 'tls.key'])
    expect(secret && certificateOf(secret)?.name).toBe('wildcard')
  })

  test('is the same after an apply that changes nothing', () => {
    const again = applyText(
      production,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
    ).cluster
    expect(again.objects['Secret/default/wildcard-tls']).toBe(
      production.objects['Secret/default/wildcard-tls'],
    )
    expect(again.objects['Certificate/default/wildcard']).toBe(
      production.objects['Certificate/default/wildcard'],
    )
  })

  test('is made anew when its names change', () => {
    const spec =
      'secretName: wildcard-tls, dnsNames: [a.example.com], issuerRef: { name: classroom, kind: ClusterIssuer }'
    const changed = applyText(production, certificate('wildcard', spec)).cluster
    expect(pairOf(changed, 'wildcard-tls')?.[0].certificate.dnsNames).toEqual(['a.example.com'])
    expect(valueAt(changed.objects['Certificate/default/wildcard']?.body, 'status', 'revision')).toBe(2)
  })

  test('is renewed when a third of its time is left', () => {
    const { cluster } = applyText(
      production,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
      {
        nowMs: production.nowMs + 61 * 86_400_000,
      },
    )
    expect(pairOf(cluster, 'wildcard-tls')?.[0].certificate.notBeforeMs).toBe(cluster.nowMs)
  })
})

describe('a Certificate', () => {
  test('whose issuer is not there waits', () => {
    const cluster = after(
      certificate('web', 'secretName: web-tls, dnsNames: [web], issuerRef: { name: nobody }'),
    )
    expect(pairOf(cluster, 'web-tls')).toBeUndefined()
    expect(readyOf(cluster, 'Certificate', 'web')).toBe('False DoesNotExist')
  })

  test('of an issuer between root and leaf brings that one along', () => {
    const cluster = after(
      certificate(
        'middle',
        'isCA: true, commonName: middle, secretName: middle, issuerRef: { name: classroom, kind: ClusterIssuer }',
      ),
      'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: { name: middle }\nspec: { ca: { secretName: middle } }\n',
      certificate('web', 'secretName: web-tls, dnsNames: [web.example.com], issuerRef: { name: middle }'),
    )
    const chain = pairOf(cluster, 'web-tls')
    const [root] = pairOf(cluster, 'classroom-ca', 'cert-manager') ?? []
    expect(chain?.map((each) => each.certificate.subject)).toEqual([[], [['CN', 'middle']]])
    expect(chain && root && verifyChain(chain, [root], cluster.nowMs).kind).toBe('trusted')
  })
})

test("a CA issuer whose Secret is no CA's says so", () => {
  const cluster = after(
    certificate(
      'web',
      'secretName: web-tls, dnsNames: [web], issuerRef: { name: classroom, kind: ClusterIssuer }',
    ),
    'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: { name: wrong }\nspec: { ca: { secretName: web-tls } }\n',
  )
  expect(readyOf(cluster, 'Issuer', 'wrong')).toBe('False ErrInvalidKeyPair')
})
