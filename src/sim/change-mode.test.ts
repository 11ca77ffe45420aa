import { describe, expect, test } from 'vitest'
import { chapterLab } from './trace/chapter-lab.fixture.ts'
import { cluster as clusterText } from '../scenarios/chapter-9/cluster.ts'
import { parseFile } from './manifest/parse-file.ts'

const typed = (text: string, file = 'cluster.yaml') => ({ parsed: parseFile(file, text), text })
const head = `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n`
const changed = (text: string, mode: 'iptables' | 'nftables' | 'ipvs' = 'nftables') =>
  chapterLab().changeMode([typed(text)], mode)

describe('changing kube-proxy’s mode in the text', () => {
  test.each([
    {
      name: 'replaces the word and nothing else',
      text: `${head}mode: iptables # the old way\nclusterCIDR: 10.0.0.0/8\n`,
      becomes: `${head}mode: nftables # the old way\nclusterCIDR: 10.0.0.0/8\n`,
    },
    {
      name: 'replaces a quoted word',
      text: `${head}mode: "ipvs"\n`,
      becomes: `${head}mode: nftables\n`,
    },
    { name: 'fills an empty field', text: `${head}mode:\n`, becomes: `${head}mode: nftables\n` },
    {
      name: 'adds the field behind the kind',
      text: `${head}clusterCIDR: 10.0.0.0/8\n`,
      becomes: `${head}mode: nftables\nclusterCIDR: 10.0.0.0/8\n`,
    },
    {
      name: 'keeps to the indentation of a list',
      text: `kind: List\napiVersion: v1\nitems:\n  - apiVersion: kubeproxy.config.k8s.io/v1alpha1\n    kind: KubeProxyConfiguration\n`,
      becomes: `kind: List\napiVersion: v1\nitems:\n  - apiVersion: kubeproxy.config.k8s.io/v1alpha1\n    kind: KubeProxyConfiguration\n    mode: nftables\n`,
    },
    {
      name: 'writes JSON into JSON',
      text: `{"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","kind":"KubeProxyConfiguration","mode":"iptables","clusterCIDR":"10.0.0.0/8"}`,
      becomes: `{"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","kind":"KubeProxyConfiguration","mode": "nftables","clusterCIDR":"10.0.0.0/8"}`,
    },
    {
      name: 'adds the field to JSON',
      text: `{"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","kind":"KubeProxyConfiguration"}`,
      becomes: `{"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","kind":"KubeProxyConfiguration", "mode": "nftables"}`,
    },
    {
      name: 'keeps Windows’ line ends',
      text: `${head}mode: iptables\nclusterCIDR: 10.0.0.0/8\n`.replaceAll('\n', '\r\n'),
      becomes: `${head}mode: nftables\nclusterCIDR: 10.0.0.0/8\n`.replaceAll('\n', '\r\n'),
    },
  ])('$name', ({ text, becomes }) => {
    expect(changed(text)).toEqual({ kind: 'edit', file: 'cluster.yaml', text: becomes })
  })

  test('changes one word of the chapter’s file, and the cluster then runs in that mode', () => {
    const lab = chapterLab()
    const change = lab.changeMode([typed(clusterText)], 'ipvs')
    if (change.kind !== 'edit') throw new Error(change.kind)
    expect(change.text).toBe(clusterText.replace('mode: iptables', 'mode: ipvs'))
    const { parsed, text } = typed(change.text)
    expect(lab.apply(parsed, text, { prune: true }).diagnostics).toEqual([])
    expect(lab.snapshot().proxyMode).toBe('ipvs')
  })

  test('has nothing to type where the text says so already', () => {
    expect(changed(clusterText, 'iptables')).toEqual({ kind: 'unchanged' })
  })

  test('adds a configuration where no file has one, and the cluster takes it', () => {
    const lab = chapterLab()
    const without = clusterText
      .split('---\n')
      .filter((part) => !part.includes('KubeProxy'))
      .join('---\n')
    const change = lab.changeMode([typed(without)], 'nftables')
    if (change.kind !== 'edit') throw new Error(change.kind)
    expect(change.text.startsWith(without)).toBe(true)
    const { parsed, text } = typed(change.text)
    expect(lab.apply(parsed, text, { prune: true }).diagnostics).toEqual([])
    expect(lab.cluster.config.kubeProxy).toMatchObject({
      mode: 'nftables',
      detectLocal: { kind: 'ClusterCIDR', cidrs: ['172.31.0.0/16'] },
    })
  })

  test('says which error stands in the way', () => {
    expect(changed(`${head}mode: [iptables\n`)).toMatchObject({
      kind: 'broken',
      problem: { severity: 'error', file: 'cluster.yaml', range: { line: 3 } },
    })
  })

  test('finds no place where no file stands applied', () => {
    expect(chapterLab().changeMode([], 'ipvs')).toEqual({ kind: 'nowhere' })
  })
})
