/** A JSON value as kubectl writes YAML (sigs.k8s.io/yaml over go-yaml v2): lists flush with their key, strings quoted only where they must be. */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { isObject } from './wire-fields.ts'

/** The document, ended by a newline. Keys keep their order. */
export function printYaml(value: JsonValue): string {
  return `${block(value, '').replace(/^\n/, '')}\n`
}

/** What stands behind a key's colon or a list's hyphen: a scalar on the same line, or lines of their own. */
function block(value: JsonValue, indent: string): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : listBlock(value, indent)
  if (isObject(value)) return Object.keys(value).length === 0 ? '{}' : mapBlock(value, indent)
  return scalar(value, indent)
}

function mapBlock(value: JsonObject, indent: string): string {
  return Object.entries(value)
    .map(([key, item]) => `\n${indent}${scalar(key, indent)}:${afterKey(item, indent)}`)
    .join('')
}

function afterKey(value: JsonValue, indent: string): string {
  const text = Array.isArray(value) ? block(value, indent) : block(value, `${indent}  `)
  return text.startsWith('\n') ? text : ` ${text}`
}

function listBlock(items: readonly JsonValue[], indent: string): string {
  return items.map((item) => `\n${indent}- ${block(item, `${indent}  `).replace(/^\n\s*/, '')}`).join('')
}

function scalar(value: JsonValue, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (value.includes('\n') && !/[\t\r]|^\s/.test(value)) return literalBlock(value, indent)
  return needsQuotes(value) ? JSON.stringify(value) : value
}

/** `|` and the lines; `|-` where the text does not end in a newline. */
function literalBlock(value: string, indent: string): string {
  const isEnded = value.endsWith('\n')
  const lines = (isEnded ? value.slice(0, -1) : value).split('\n')
  const inner = indent === '' ? '  ' : indent
  return `|${isEnded ? '' : '-'}${lines.map((line) => (line === '' ? '\n' : `\n${inner}${line}`)).join('')}`
}

/** Whether a plain string would be read as something else: a number, a boolean, a date, YAML's own signs. */
function needsQuotes(text: string): boolean {
  if (text === '' || /^\s|\s$/.test(text)) return true
  if (/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(text)) return true
  if (/^[-+]?(\d[\d_]*)?\.?\d*(e[-+]?\d+)?$/i.test(text) && /\d/.test(text)) return true
  if (/^0[xob][0-9a-f_]+$/i.test(text) || /^[-+]?\.(inf|nan)$/i.test(text)) return true
  if (/^\d{4}-\d\d?-\d\d?([Tt ].*)?$/.test(text) || /^\d+(:\d+)+$/.test(text)) return true
  if (/^[-?:](\s|$)/.test(text) || /^[,[\]{}#&*!|>'"%@`]/.test(text)) return true
  return /: |:$| #|\p{Cc}/u.test(text)
}
