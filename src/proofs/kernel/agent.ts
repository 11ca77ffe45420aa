/** The other end of `agent.mjs`: a process in one network namespace, spoken to with promises. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * What was said against a flow, where it was sent: a RST, or an ICMP error with its code: of type 3, of ICMPv6's type 1.
 * `source`: who sent it, or says so. `ttl`: IPv6's hop limit.
 */
export type Heard =
  | { readonly kind: 'reset'; readonly source: string; readonly ttl: number }
  | { readonly kind: 'icmp'; readonly code: number; readonly source: string; readonly ttl: number }

/** What came of one attempt. `localPort`: the sender's own; `source` and `port`: what the server saw. */
export type Answer =
  | { readonly kind: 'listening' | 'released' }
  | {
      readonly kind: 'answered'
      readonly localPort?: number
      readonly name?: string
      readonly source?: string
      readonly port?: number
    }
  | { readonly kind: 'timed-out'; readonly localPort?: number; readonly heard?: Heard }
  | { readonly kind: 'failed'; readonly code: string; readonly localPort?: number; readonly heard?: Heard }

/** A datagram that a listener got; `flow` is its text. */
export interface Datagram {
  readonly flow: string
  readonly name: string
  readonly source: string
  readonly port: number
}

export type Command =
  | {
      readonly action: 'listen'
      readonly protocol: 'tcp' | 'udp'
      readonly port: number
      readonly name: string
    }
  | {
      readonly action: 'connect'
      readonly address: string
      readonly port: number
      readonly timeoutMs: number
      readonly hold?: string
    }
  | { readonly action: 'write'; readonly hold: string; readonly timeoutMs: number }
  | { readonly action: 'release'; readonly hold: string }
  | {
      readonly action: 'datagram'
      readonly address: string
      readonly port: number
      readonly from?: number
      /** What it carries: the listener gives it back. */
      readonly text: string
      readonly timeoutMs: number
    }
  | { readonly action: 'ping'; readonly address: string; readonly timeoutMs: number }

export interface Agent {
  readonly do: (command: Command) => Promise<Answer>
  readonly stop: () => void
}

const program = fileURLToPath(new URL('agent.mjs', import.meta.url))

/** Starts an agent in a namespace. It ends when it is stopped, and with this process, as its input does. */
export function startAgent(namespace: string, onDatagram: (datagram: Datagram) => void): Agent {
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as { id: number; answer: Answer } | ({ event: string } & Datagram)
    if ('event' in message) return onDatagram(message)
    waiting.get(message.id)?.(message.answer)
    waiting.delete(message.id)
  })
  child.on('exit', () => {
    for (const answer of waiting.values()) answer({ kind: 'failed', code: 'the agent ended' })
  })
  return {
    do: (command) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        child.stdin.write(`${JSON.stringify({ id, ...command })}\n`)
      }),
    stop: () => child.kill('SIGKILL'),
  }
}
