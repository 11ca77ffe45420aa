import { describe, expect, test } from 'vitest'
import type { Lab } from '../../sim/lab.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { openTerminal, openTestLab } from '../terminal.fixture.ts'

const mode = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: 172.31.0.0/16
`

/** The test's cluster, with kube-proxy in nftables mode. */
function inNftablesMode(): Lab {
  const lab = openTestLab()
  lab.apply(parseFile('mode.yaml', mode), mode, { load: true })
  return lab
}

describe('nft list, in nftables mode', () => {
  const type = openTerminal('host01', inNftablesMode())

  test('lists kube-proxy’s table, and only that', () => {
    expect(type('nft list tables').stdout).toBe('table ip kube-proxy\n')
    expect(type('nft list ruleset').stdout).toBe(type('nft list table ip kube-proxy').stdout)
    expect(type('nft list tables ip6').stdout).toBe('')
  })

  test('lists a chain, a set and a map alone, within their table', () => {
    expect(type('nft list chain ip kube-proxy services').stdout).toBe(
      'table ip kube-proxy {\n\tchain services {\n\t\tip daddr . meta l4proto . th dport vmap @service-ips\n' +
        '\t\tip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports\n\t}\n}\n',
    )
    expect(type('nft list set kube-proxy nodeport-ips').stdout).toContain('elements = { 192.168.61.11 }\n')
    expect(type('nft list map ip kube-proxy service-ips').stdout).toContain(
      '10.100.221.220 . tcp . 80 : goto service-',
    )
  })

  // As nft 1.0.6 prints them.
  test.each([
    { line: 'nft list table ip nosuch', says: 'list table ip nosuch\n              ^^^^^^\n' },
    { line: 'nft list chain ip nosuch x', says: 'list chain ip nosuch x\n              ^^^^^^\n' },
    {
      line: 'nft list map ip kube-proxy cluster-ips',
      says: 'list map ip kube-proxy cluster-ips\n                       ^^^^^^^^^^^\n',
    },
  ])('$line points at the word that names nothing', ({ line, says }) => {
    expect(type(line)).toMatchObject({
      stdout: '',
      stderr: `Error: No such file or directory\n${says}`,
      exitCode: 1,
    })
  })

  test.each([
    { line: 'nft list', says: 'Error: syntax error, unexpected newline\nlist\n    ^\n' },
    {
      line: 'nft list table',
      says: 'Error: syntax error, unexpected newline, expecting string\nlist table\n          ^\n',
    },
    { line: 'nft', says: 'nft: no command specified\n' },
  ])('$line is incomplete', ({ line, says }) => {
    expect(type(line)).toMatchObject({ stdout: '', stderr: says, exitCode: 1 })
  })

  test('says of a command that changes rules that it is not simulated', () => {
    expect(type('nft flush ruleset')).toMatchObject({
      stderr: 'podpath: nft flush ruleset is not simulated\n',
      exitCode: 2,
    })
  })

  test('iptables-save has kubelet’s chains, and none of kube-proxy’s', () => {
    expect(type('iptables-save').stdout).toContain('KUBE-FIREWALL')
    expect(type('iptables-save').stdout).not.toContain('KUBE-SERVICES')
  })
})

test('without nftables mode nft lists nothing', () => {
  expect(openTerminal()('nft list ruleset')).toMatchObject({ stdout: '', stderr: '', exitCode: 0 })
})
