/** The state of each listener of a Gateway (apis/v1 ListenerConditionType and its reasons). */
import type { Gateway, Listener } from '../cluster/gateway-objects.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import { readTlsSecret } from '../tls/tls-secret.ts'
import { kindsOfProtocol } from './attach-routes.ts'
import type { Condition } from './condition.ts'
import type { GatewayView } from './gateway-view.ts'
import { GATEWAY_GROUP, isGranted } from './reference-grants.ts'

export interface ListenerState {
  readonly listener: Listener
  /** Of `allowedRoutes.kinds`, or of the protocol, those that are carried out here. */
  readonly supportedKinds: readonly string[]
  readonly conditions: readonly Condition[]
  /** Accepted, without conflict and with all references resolved: requests come in by it. */
  readonly isProgrammed: boolean
}

/** The listeners in their order. Of listeners in conflict none is programmed. */
export function listenerStates(gateway: Gateway, view: GatewayView): readonly ListenerState[] {
  return gateway.listeners.map((listener) => {
    const accepted = acceptance(listener)
    const conflict = conflictOf(listener, gateway.listeners)
    const supportedKinds = supportedKindsOf(listener)
    const references = referenceProblem(listener, gateway.ref, view)
    const isProgrammed = accepted === undefined && conflict === undefined && references === undefined
    return {
      listener,
      supportedKinds,
      isProgrammed,
      conditions: [
        accepted === undefined
          ? { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'Listener is accepted' }
          : {
              type: 'Accepted',
              status: 'False',
              reason: accepted,
              message: `Protocol ${listener.protocol} is not supported`,
            },
        conflict === undefined
          ? { type: 'Conflicted', status: 'False', reason: 'NoConflicts', message: 'No conflicts' }
          : {
              type: 'Conflicted',
              status: 'True',
              reason: conflict,
              message: conflictMessages[conflict],
            },
        references === undefined
          ? {
              type: 'ResolvedRefs',
              status: 'True',
              reason: 'ResolvedRefs',
              message: 'All references are resolved',
            }
          : { type: 'ResolvedRefs', status: 'False', ...references },
        isProgrammed
          ? { type: 'Programmed', status: 'True', reason: 'Programmed', message: 'Listener is programmed' }
          : {
              type: 'Programmed',
              status: 'False',
              reason: 'Invalid',
              message: 'Listener is not accepted, in conflict, or not resolved',
            },
      ],
    }
  })
}

/** TLS, TCP and UDP listeners are of Routes that are not modelled. */
function acceptance(listener: Listener): 'UnsupportedProtocol' | undefined {
  return kindsOfProtocol(listener.protocol).length > 0 ? undefined : 'UnsupportedProtocol'
}

const conflictMessages = {
  HostnameConflict: 'Another listener has the same port, protocol and hostname',
  ProtocolConflict: 'Another listener has the same port with a protocol that cannot share it',
} as const

function conflictOf(
  listener: Listener,
  all: readonly Listener[],
): 'HostnameConflict' | 'ProtocolConflict' | undefined {
  const others = all.filter((each) => each !== listener && each.port === listener.port)
  if (others.some((each) => withoutTls(each) !== withoutTls(listener))) return 'ProtocolConflict'
  const isTwin = (each: Listener) =>
    each.protocol === listener.protocol && each.hostname.toLowerCase() === listener.hostname.toLowerCase()
  return others.some(isTwin) ? 'HostnameConflict' : undefined
}

/** HTTPS and TLS may share a port, by the ClientHello's name; HTTP and TCP have no TLS to tell them apart. */
function withoutTls({ protocol }: Listener): string {
  return protocol === 'HTTPS' || protocol === 'TLS' ? 'TLS' : protocol
}

function supportedKindsOf({ allowedRoutes, protocol }: Listener): readonly string[] {
  const carried = kindsOfProtocol(protocol)
  return allowedRoutes.kinds === undefined
    ? carried
    : allowedRoutes.kinds
        .filter(({ group, kind }) => group === GATEWAY_GROUP && carried.includes(kind))
        .map(({ kind }) => kind)
}

function referenceProblem(
  listener: Listener,
  from: ObjectRef,
  view: GatewayView,
): { readonly reason: string; readonly message: string } | undefined {
  const { kinds } = listener.allowedRoutes
  if (kinds !== undefined && supportedKindsOf(listener).length < kinds.length)
    return { reason: 'InvalidRouteKinds', message: 'allowedRoutes.kinds names a kind that is not supported' }
  if (listener.protocol !== 'HTTPS') return undefined
  const refs = listener.tls?.certificateRefs ?? []
  if (refs.length === 0) return { reason: 'InvalidCertificateRef', message: 'No certificateRefs' }
  for (const ref of refs) {
    const name = `${ref.namespace ?? from.namespace}/${ref.name}`
    if (ref.group !== '' || ref.kind !== 'Secret')
      return { reason: 'InvalidCertificateRef', message: `${ref.kind} ${name} is not a Secret` }
    if (!isGranted(from, ref, view.referenceGrants))
      return { reason: 'RefNotPermitted', message: `No ReferenceGrant permits Secret ${name}` }
    const secret = view.secrets.find((each) => `${each.ref.namespace}/${each.ref.name}` === name)
    if (secret === undefined)
      return { reason: 'InvalidCertificateRef', message: `Secret ${name} does not exist` }
    if (readTlsSecret(secret.data).kind === 'unusable')
      return {
        reason: 'InvalidCertificateRef',
        message: `Secret ${name} holds no usable certificate and key`,
      }
  }
  return undefined
}
