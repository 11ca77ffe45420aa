import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { parseCorefile } from './corefile.ts'
import { parseResolvConf } from './resolv-conf.ts'
import { startProblems } from './start-problems.ts'
import { parseZoneKey } from './zone-key.ts'

describe('a Corefile', () => {
  test('orders its plugins as CoreDNS is built, not as they are written', () => {
    const { config } = parseCorefile(
      '.:53 {\n  forward . 1.1.1.1\n  cache 30\n  kubernetes cluster.local\n  rewrite name a b\n}\n',
    )
    expect(config?.blocks[0]?.plugins.map((plugin) => plugin.kind)).toEqual([
      'rewrite',
      'cache',
      'kubernetes',
      'forward',
    ])
  })

  test('with one block needs no braces', () => {
    const { config } = parseCorefile('cluster.local\nerrors\nkubernetes\n')
    expect(config?.blocks[0]).toMatchObject({ keys: [{ zones: ['cluster.local.'], port: 53 }] })
    expect(config?.blocks[0]?.plugins[1]).toMatchObject({ kind: 'kubernetes', zones: ['cluster.local.'] })
  })

  test('puts a snippet in where it is imported', () => {
    const { config } = parseCorefile(
      '(both) {\n  errors\n  cache 10\n}\na.example {\n  import both\n}\nb.example {\n  import both\n}\n',
    )
    expect(config?.blocks.map((block) => block.plugins.map((plugin) => plugin.kind))).toEqual([
      ['watching', 'cache'],
      ['watching', 'cache'],
    ])
  })

  test.each([
    { text: '. {\n  kubernets\n}', line: 2, says: "Unknown directive 'kubernets'" },
    { text: '. {\n  kubernetes in-addr.arpa\n}', line: 2, says: 'non-reverse zone name must be used' },
    { text: '. {\n  kubernetes a {\n    ttl x\n  }\n}', line: 3, says: 'invalid syntax' },
    {
      text: '. {\n  cache 1\n  cache 2\n}',
      line: 3,
      says: 'this plugin can only be used once per Server Block',
    },
    { text: '. {\n  forward .\n}', line: 2, says: 'Wrong argument count or unexpected line ending' },
    { text: '. {\n  errors\n', line: 2, says: "expecting '}'" },
    { text: '. {\n  import nowhere\n}', line: 2, says: 'File to import not found: nowhere' },
    { text: '(a) {\n  import a\n}\n. {\n  import a\n}', line: 2, says: 'maximum snippet import depth' },
  ])('that CoreDNS refuses is refused in its words: $says', ({ text, line, says }) => {
    const { config, problems } = parseCorefile(text)
    expect(config).toBeUndefined()
    expect(problems[0]).toMatchObject({ line, fatal: true })
    expect(problems[0]?.text).toContain(says)
  })

  test('starts with a plugin that only CoreDNS has, and says so at its line', () => {
    const { config, problems } = parseCorefile('. {\n  errors\n  template IN A {\n    answer "x"\n  }\n}\n')
    expect(config).toBeDefined()
    expect(problems).toEqual([{ line: 3, text: 'template: not modelled', fatal: false }])
  })

  test.each([
    { options: 'loop', conf: 'nameserver 127.0.0.53', says: 'Loop (127.0.0.53 -> :53) detected' },
    { options: 'loop', conf: 'nameserver 192.168.61.1', says: undefined },
    { options: 'errors', conf: 'nameserver 127.0.0.53', says: undefined },
    { options: 'loop', conf: 'search x', says: 'no valid upstream addresses found' },
  ])('with $options and a node whose file says $conf: $says', ({ options, conf, says }) => {
    const { config } = parseCorefile(`. {\n  ${options}\n  forward . /etc/resolv.conf\n}\n`)
    const problems = config === undefined ? [] : startProblems(config, parseResolvConf(conf, 'kubelet'))
    expect(problems.map((problem) => problem.text).join()).toContain(says ?? '')
    expect(problems.length > 0).toBe(says !== undefined)
  })
})

describe('a server key', () => {
  test.each([
    { key: '.', zones: ['.'], port: 53 },
    { key: ':1053', zones: ['.'], port: 1053 },
    { key: 'dns://Cluster.Local:53', zones: ['cluster.local.'], port: 53 },
    { key: '10.0.0.0/24', zones: ['0.0.10.in-addr.arpa.'], port: 53 },
    { key: '10.0.0.0/23', zones: ['0.0.10.in-addr.arpa.', '1.0.10.in-addr.arpa.'], port: 53 },
    { key: 'tls://.', zones: ['.'], port: 853 },
  ])('$key is $zones on port $port', ({ key, ...expected }) => {
    expect(parseZoneKey(key)).toMatchObject(expected)
  })

  test('of an upstream may carry a port', () => {
    const { config } = parseCorefile('. {\n  forward . 10.0.0.1:5353 dns://10.0.0.2 [fd00::1]:53\n}\n')
    expect(config?.blocks[0]?.plugins[0]).toMatchObject({
      to: [ip('10.0.0.1'), ip('10.0.0.2'), ip('fd00::1')],
    })
  })
})
