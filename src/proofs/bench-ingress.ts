/** How long the controller's router takes over many Ingress rules. */
import type { ControllerConfig } from '../sim/ingress/controller-config.ts'
import { locateRequest } from '../sim/ingress/locate-request.ts'
import { anIngress, aConfig } from '../sim/ingress/objects.fixture.ts'
import { median, type Measured } from './bench-median.ts'

const requests = 1_000_000

/** A million requests over 1,000 rules: 250 hosts, one in ten a wildcard, four paths each. */
export function routingTime(): Measured {
  const config = manyRules()
  const asked = Array.from({ length: 1000 }, (_, index) => ({
    host: `${index % 10 === 0 ? 'any' : 'www'}.host${index % 250}.example`,
    target: ['/', '/api/v1/users', '/static/app.js?v=3', '/apiary'][index % 4] ?? '/',
  }))
  const measured = median('1,000,000 requests routed over 1,000 Ingress rules', 3, () => {
    let found = 0
    for (let count = 0; count < requests; count++) {
      const { host, target } = asked[count % asked.length] ?? { host: '', target: '/' }
      if (locateRequest(config, host, target).kind === 'located') found++
    }
    if (found !== requests) throw new Error('a request was refused')
  })
  return { ...measured, aim: '1,000 ms' }
}

function manyRules(): ControllerConfig {
  const ingresses = Array.from({ length: 250 }, (_, index) => {
    const host = `${index % 10 === 0 ? '*' : 'www'}.host${index}.example`
    return anIngress(
      `web${index}`,
      ['/', '/api', '/api/v1', '/static'].map((path) => `${host} ${path} web:80`),
    )
  })
  return aConfig({ ingresses })
}
