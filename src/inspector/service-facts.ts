/** A Service's numbers as text. */
import type { ServicePortView } from '../sim/snapshot.ts'

/** `http 80/TCP → 8080`; the target is left out where it is the port itself. */
export function portLabel(port: ServicePortView): string {
  const name = port.name === '' ? '' : `${port.name} `
  const target = port.targetPort === String(port.port) ? '' : ` → ${port.targetPort}`
  return `${name}${port.port}/${port.protocol}${target}`
}

/** A share of 0…1 in percent, with one decimal where it is needed: `20 %`, `33.3 %`. */
export function shareText(share: number): string {
  const percent = Math.round(share * 1000) / 10
  return `${percent} %`
}
