import { describe, expect, test } from 'vitest'
import { portLabel, shareText } from './service-facts.ts'

const port = {
  name: '',
  protocol: 'TCP',
  port: 80,
  nodePort: 0,
  targetPort: '80',
  chain: '',
  rows: [],
} as const

describe('a Service', () => {
  test.each([
    { of: port, label: '80/TCP' },
    { of: { ...port, targetPort: 'http' }, label: '80/TCP → http' },
    {
      of: { ...port, name: 'dns', protocol: 'UDP', port: 53, targetPort: '53' } as const,
      label: 'dns 53/UDP',
    },
  ])('has a port $label', ({ of, label }) => {
    expect(portLabel(of)).toBe(label)
  })

  test.each([
    { share: 0.2, says: '20 %' },
    { share: 1 / 3, says: '33.3 %' },
    { share: 1, says: '100 %' },
  ])('gives an endpoint $says of its connections', ({ share, says }) => {
    expect(shareText(share)).toBe(says)
  })
})
