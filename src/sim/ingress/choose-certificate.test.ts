import { describe, expect, test } from 'vitest'
import { chooseCertificate } from './choose-certificate.ts'
import { aConfig, anIngress } from './objects.fixture.ts'

const secret = (name: string, ...dnsNames: string[]) => ({
  ref: { kind: 'Secret', namespace: 'default', name },
  dnsNames,
})

const config = aConfig({
  ingresses: [
    anIngress('web', ['web.example / nginx:80'], { tls: [{ hosts: ['web.example'], secretName: 'web' }] }),
    anIngress('wild', ['*.wild / nginx:80'], { tls: [{ hosts: ['*.wild'], secretName: 'wild' }] }),
    anIngress('missing', ['missing / nginx:80'], { tls: [{ hosts: ['missing'], secretName: 'none' }] }),
    anIngress('unnamed', ['unnamed / nginx:80'], { tls: [{ hosts: ['unnamed'] }] }),
    anIngress('wrong', ['wrong / nginx:80'], { tls: [{ hosts: ['wrong'], secretName: 'web' }] }),
    anIngress('broken', ['broken / nginx:80'], { tls: [{ hosts: ['broken'], secretName: 'broken' }] }),
    anIngress('unlisted', ['unlisted / nginx:80'], { tls: [{ hosts: ['other'], secretName: 'web' }] }),
    anIngress('by-name', ['a.b / nginx:80'], { tls: [{ hosts: ['x'], secretName: 'b' }] }),
    anIngress('plain', ['plain / nginx:80']),
  ],
  secrets: [secret('web', 'web.example'), secret('wild', '*.wild'), secret('broken'), secret('b', '*.b')],
})

describe('the handshake shows', () => {
  test.each([
    { sni: 'web.example', shown: 'web', reason: 'sni-equal' },
    { sni: 'WEB.example.', shown: 'web', reason: 'sni-equal' },
    { sni: 'x.wild', shown: 'wild', reason: 'sni-wildcard' },
    { sni: 'y.x.wild', shown: 'fake', reason: 'sni-unknown' },
    { sni: 'missing', shown: 'fake', reason: 'entry-is-default secret-missing' },
    { sni: 'unnamed', shown: 'fake', reason: 'entry-is-default no-secret-named' },
    { sni: 'wrong', shown: 'fake', reason: 'entry-is-default name-not-covered' },
    { sni: 'broken', shown: 'fake', reason: 'entry-is-default secret-unusable' },
    { sni: 'unlisted', shown: 'fake', reason: 'entry-is-default host-not-listed' },
    { sni: 'a.b', shown: 'b', reason: 'sni-equal' },
    { sni: 'plain', shown: 'fake', reason: 'sni-unknown' },
    { sni: undefined, shown: 'fake', reason: 'sni-absent' },
  ])('$shown to $sni because $reason', ({ sni, shown, reason }) => {
    const choice = chooseCertificate(config, sni)
    expect(choice.secret?.name ?? 'fake').toBe(shown)
    const won = choice.decision.candidates.find(({ verdict }) => verdict === 'won')?.reason
    expect(won && ('because' in won ? `${won.kind} ${won.because}` : won.kind)).toBe(reason)
  })

  test('the Secret of --default-ssl-certificate instead of the fake one', () => {
    const custom = aConfig({}, { 'default-ssl-certificate': 'kube-system/custom' })
    expect(chooseCertificate(custom, undefined).secret).toMatchObject({
      namespace: 'kube-system',
      name: 'custom',
    })
  })
})
