/** What the controller says of a GatewayClass and of a Gateway (apis/v1 GatewayClassConditionType, GatewayConditionType). */
import type { Gateway, GatewayClass } from '../cluster/gateway-objects.ts'
import type { Condition } from './condition.ts'
import type { ListenerState } from './listener-conditions.ts'

/** Conditions of a class of ours. No kind of parameters is supported. */
export function classConditions(gatewayClass: GatewayClass): readonly Condition[] {
  const { parametersRef } = gatewayClass
  return [
    parametersRef === undefined
      ? { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'GatewayClass is accepted' }
      : {
          type: 'Accepted',
          status: 'False',
          reason: 'InvalidParameters',
          message: `parametersRef ${parametersRef.kind}.${parametersRef.group} is not supported`,
        },
  ]
}

/** What the world has made of the Gateway: the addresses of its Service, and whether a Pod of its Deployment is ready. */
export interface Provisioned {
  readonly addresses: readonly string[]
  readonly isReady: boolean
}

/**
 * Conditions of a Gateway of ours. Accepted is True with the reason ListenersNotValid where some listener is bad, False where all are.
 */
export function gatewayConditions(
  gateway: Gateway,
  listeners: readonly ListenerState[],
  provisioned: Provisioned,
): readonly Condition[] {
  const accepted = acceptance(gateway, listeners)
  return [accepted, programming(accepted, provisioned)]
}

function acceptance(gateway: Gateway, listeners: readonly ListenerState[]): Condition {
  const { parametersRef } = gateway.infrastructure
  if (parametersRef !== undefined)
    return {
      type: 'Accepted',
      status: 'False',
      reason: 'InvalidParameters',
      message: `infrastructure.parametersRef ${parametersRef.kind}.${parametersRef.group} is not supported`,
    }
  const bad = listeners.filter(({ isProgrammed }) => !isProgrammed)
  if (bad.length === 0)
    return { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'Gateway is accepted' }
  const message = `Listeners that are not valid: ${bad.map(({ listener }) => listener.name).join(', ')}`
  const status = bad.length === listeners.length ? 'False' : 'True'
  return { type: 'Accepted', status, reason: 'ListenersNotValid', message }
}

function programming(accepted: Condition, { addresses, isReady }: Provisioned): Condition {
  if (accepted.status === 'False')
    return { type: 'Programmed', status: 'False', reason: 'Invalid', message: accepted.message }
  if (addresses.length === 0)
    return {
      type: 'Programmed',
      status: 'False',
      reason: 'AddressNotAssigned',
      message: 'No addresses have been assigned to the Gateway',
    }
  if (!isReady)
    return {
      type: 'Programmed',
      status: 'False',
      reason: 'NoResources',
      message: 'No Pod of the Gateway is ready',
    }
  return {
    type: 'Programmed',
    status: 'True',
    reason: 'Programmed',
    message: `Address assigned: ${addresses.join(', ')}`,
  }
}
