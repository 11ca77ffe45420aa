// What this network namespace hears against its flows: the ICMP errors and RSTs that `ear.pl` prints, kept by the flow that they are about.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const kept = new Map()
const waiting = new Map()

/** Starts to listen. It ends with this process, as its input does. */
export function openEar() {
  const program = fileURLToPath(new URL('ear.pl', import.meta.url))
  const child = spawn('perl', [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { protocol, destination, port, local, ...said } = JSON.parse(line)
      if (said.kind === 'ready') return resolve()
      const key = flowKey({ protocol, destination, port, local })
      kept.set(key, said)
      waiting.get(key)?.()
    })
  })
}

/** Names a flow: `protocol` by its number, the ports of both ends; an echo request's identifier for its own, and 0 for the other's. */
export function flowKey({ protocol, destination, port, local }) {
  return [protocol, destination, port, local].join(' ')
}

/** Drops what an earlier flow of the same ports has left. */
export function unhear(key) {
  kept.delete(key)
}

/** What was said against the flow, or will be within so many milliseconds; undefined where it is nothing. */
export function heardOf(key, withinMs) {
  if (kept.has(key) || withinMs === 0) return Promise.resolve(kept.get(key))
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      waiting.delete(key)
      resolve(kept.get(key))
    }
    const timer = setTimeout(end, withinMs)
    waiting.set(key, end)
  })
}
