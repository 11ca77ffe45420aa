/**
 * What an Ingress may set of nginx's proxy module by annotation (ingress-nginx internal/ingress/annotations/proxy), with the controller's
 * defaults. Only times, tries and the size of a body change what is told; the others are printed.
 */
import type { Ingress } from '../cluster/objects.ts'

/** By annotation, without prefix; the texts as nginx.conf has them. */
export type ProxySettings = Readonly<Record<ProxySetting, string>>

export type ProxySetting = keyof typeof defaults

const defaults = {
  'proxy-body-size': '1m',
  'proxy-connect-timeout': '5',
  'proxy-send-timeout': '60',
  'proxy-read-timeout': '60',
  'proxy-buffering': 'off',
  'proxy-buffer-size': '4k',
  'proxy-buffers-number': '4',
  'proxy-max-temp-file-size': '1024m',
  'proxy-request-buffering': 'on',
  'proxy-http-version': '1.1',
  'proxy-next-upstream-tries': '3',
} as const

const size = /^\d+[kKmMgG]?$/
const seconds = /^[1-9]\d{0,5}$/

/** What each may be; anything else counts as absent. `proxy-next-upstream-tries: 0`, without end, is left out. */
const allowed: Readonly<Record<ProxySetting, RegExp>> = {
  'proxy-body-size': size,
  'proxy-connect-timeout': seconds,
  'proxy-send-timeout': seconds,
  'proxy-read-timeout': seconds,
  'proxy-buffering': /^(on|off)$/,
  'proxy-buffer-size': size,
  'proxy-buffers-number': /^\d+$/,
  'proxy-max-temp-file-size': size,
  'proxy-request-buffering': /^(on|off)$/,
  'proxy-http-version': /^1\.[01]$/,
  'proxy-next-upstream-tries': /^[1-9]\d?$/,
}

/** The settings of a location that no Ingress made. */
export const plainProxySettings: ProxySettings = defaults

/** Whether an annotation is one of these. */
export function isProxySetting(name: string): name is ProxySetting {
  return Object.hasOwn(defaults, name)
}

/** Reads them. @param prefix of the annotations' names */
export function readProxySettings({ annotations }: Ingress, prefix: string): ProxySettings {
  const given = Object.entries(annotations).flatMap(([key, value]) => {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : ''
    return isProxySetting(name) && allowed[name].test(value) ? [[name, value] as const] : []
  })
  return { ...defaults, ...Object.fromEntries(given) }
}

/** A size of nginx in bytes: `1m`. 0 stands for no limit. */
export function sizeInBytes(text: string): number {
  const [, number = '0', unit = ''] = /^(\d+)([kmg]?)$/.exec(text.toLowerCase()) ?? []
  const factor = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit] ?? 1
  const bytes = Number(number) * factor
  return bytes === 0 ? Number.POSITIVE_INFINITY : bytes
}
