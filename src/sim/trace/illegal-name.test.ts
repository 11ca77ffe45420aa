import { describe, expect, test } from 'vitest'
import { parseFile } from '../manifest/parse-file.ts'
import { chapterLab, request } from './chapter-lab.fixture.ts'

const asker = `apiVersion: v1
kind: Pod
metadata: { name: asker }
spec: { nodeName: host01, containers: [{ name: main, image: "debian:12" }] }
`
const longest = `${'abcdefghi.'.repeat(25)}abc`

describe('a name that cannot be asked for', () => {
  const lab = chapterLab()
  lab.apply(parseFile('asker.yaml', asker), asker)

  test.each([
    { host: `${'x'.repeat(64)}.example`, flaw: 'labelTooLong' },
    { host: `${longest}d`, flaw: 'nameTooLong' },
    { host: 'a..b', flaw: 'emptyLabel' },
    { host: 'bücher.example', flaw: 'notAscii' },
  ])('sends no packet, and says why: $flaw', ({ host, flaw }) => {
    const trace = lab.send(request('pod/default/asker', `http://${host}/`))
    expect(trace.packets).toEqual([])
    expect(trace.verdict.phrase.id).toBe('verdict.name-illegal')
    expect(trace.hops.at(-1)?.title.id).toBe('hop.resolved-illegal.title')
    expect(trace.hops.at(-1)?.caption.values).toMatchObject({ flaw })
  })

  test.each([
    { host: `${'x'.repeat(63)}.example`, what: 'a label of 63 octets' },
    { host: longest, what: 'a name of 253 octets' },
  ])('is not $what', ({ host }) => {
    expect(lab.send(request('pod/default/asker', `http://${host}/`)).packets.length).toBeGreaterThan(0)
  })

  test('is too long with a search domain only: the search list ends there', () => {
    const trace = lab.send(request('pod/default/asker', `http://${'abcdefghi.'.repeat(23)}abcd/`))
    const ladder = trace.hops[0]?.evidence[0]?.candidates ?? []
    expect(ladder.map(({ reason }) => reason.id)).toContain('reason.rung-too-long')
    expect(trace.packets.length).toBeGreaterThan(0)
  })

  test('is one of another alphabet for glibc; musl sends its octets', () => {
    expect(lab.send(request('pod/default/pod', 'http://bücher.example/')).packets.length).toBeGreaterThan(0)
  })
})
