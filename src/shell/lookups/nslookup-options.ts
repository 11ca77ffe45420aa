/** nslookup's command line, BIND's (bin/dig/nslookup.c) and BusyBox's (networking/nslookup.c): one question, not its own prompt. */
import type { RecordType } from '../../sim/dns/message.ts'
import type { NameQuestion } from '../../sim/dns/name-question.ts'
import { recordTypeOf } from './record-types.ts'

export type ReadNslookup =
  /** `notes`: what BIND's says of options that it does not know before it goes on without them. */
  | { readonly kind: 'question'; readonly question: NameQuestion; readonly notes: string }
  /** No name: BIND's prompts, BusyBox's prints its usage. */
  | { readonly kind: 'no-name' }
  | { readonly kind: 'version' }
  | { readonly kind: 'problem'; readonly problem: 'type' | 'option'; readonly word: string }

/** `nslookup [-type=T] [-timeout=N] [-retry=N] NAME [SERVER]`; a type may be said more than once, and counts from the last, to BusyBox from all. */
export function readNslookupOptions(args: readonly string[], brand: 'bind' | 'busybox'): ReadNslookup {
  const operands: string[] = []
  let notes = ''
  let types: readonly RecordType[] = []
  let told: NonNullable<NameQuestion['told']> = {}
  for (const arg of args) {
    if (!arg.startsWith('-')) {
      operands.push(arg)
      continue
    }
    const [word = '', value = ''] = arg.slice(1).split('=')
    if (typeOptions.includes(word)) {
      const type = recordTypeOf(value)
      if (type === undefined && brand === 'busybox') return { kind: 'problem', problem: 'type', word: value }
      if (type === undefined) notes += `unknown query type: ${value}\n`
      else types = brand === 'bind' ? [type] : [...types, type]
    } else if (['timeout', 't'].includes(word)) told = { ...told, timeoutSeconds: Number(value) || 5 }
    else if (['retry', 'ret'].includes(word)) told = { ...told, attempts: Number(value) || 3 }
    else if (brand === 'bind' && word === 'vc') told = { ...told, overTcp: true }
    else if (brand === 'bind' && word === 'version') return { kind: 'version' }
    else if (brand === 'busybox') return { kind: 'problem', problem: 'option', word: arg }
    else notes += `*** Invalid option: ${arg.slice(1)}\n`
  }
  const [name, server] = operands
  if (name === undefined) return { kind: 'no-name' }
  return {
    kind: 'question',
    notes,
    question: {
      name,
      ...(types.length === 0 ? {} : { types }),
      ...(server === undefined ? {} : { server }),
      told,
    },
  }
}

const typeOptions = ['type', 'ty', 'querytype', 'query', 'qu', 'q']
