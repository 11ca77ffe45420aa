/** Which listener takes a request: of its port the one whose hostname fits most closely (apis/v1 Listener.Hostname, GEP-3567). */
import type { ServedListener } from './data-plane.ts'
import type { Choice, ListenerReason } from './gateway-decision.ts'
import { byHostSpecificity, hostCovers } from './host-names.ts'

export interface ChosenListener {
  readonly chosen?: ServedListener
  readonly choice: Choice<ListenerReason>
}

/** @param name of the Host header or the ClientHello, in lower case; `''`: none was sent, which only a listener without hostname takes */
export function chooseListener(
  listeners: readonly ServedListener[],
  port: number,
  name: string,
): ChosenListener {
  const fitting = listeners
    .filter(
      ({ listener, isProgrammed }) =>
        isProgrammed && listener.port === port && hostCovers(listener.hostname, name),
    )
    .toSorted((a, b) => byHostSpecificity(a.listener.hostname, b.listener.hostname))
  const [chosen] = fitting
  const candidates = listeners.map((each) => {
    const reason = reasonOf(each, port, name, chosen)
    return {
      name: listenerName(each),
      verdict: each === chosen ? ('won' as const) : ('lost' as const),
      reason,
    }
  })
  return { ...(chosen === undefined ? {} : { chosen }), choice: { candidates } }
}

/** `http :80 *.example.com`. */
function listenerName({ listener }: ServedListener): string {
  return `${listener.name} :${listener.port}${listener.hostname === '' ? '' : ` ${listener.hostname}`}`
}

function reasonOf(
  each: ServedListener,
  port: number,
  name: string,
  chosen: ServedListener | undefined,
): ListenerReason {
  const { listener, isProgrammed } = each
  if (listener.port !== port) return { kind: 'port-differs', port: listener.port }
  if (!isProgrammed) return { kind: 'not-programmed' }
  if (!hostCovers(listener.hostname, name)) return { kind: 'name-differs', name }
  if (chosen !== undefined && each !== chosen)
    return { kind: 'less-specific', name, than: listenerName(chosen) }
  if (listener.hostname === '') return { kind: 'any-name', name }
  return listener.hostname.startsWith('*.') ? { kind: 'name-covered', name } : { kind: 'name-equal', name }
}
