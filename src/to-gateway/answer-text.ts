import type { ProbeAnswer } from '../sim/gateway/probe-answers.ts'

/** An answer in the words of the wire: `200 nginx /path`, `308 https://…`; `undefined` where there is none. */
export function answerText(answer: ProbeAnswer, path: string): string | undefined {
  if (answer.kind === 'none') return undefined
  const { status, location, backend, target } = answer
  const rewritten = target !== undefined && target !== path ? ` ${target}` : ''
  return [String(status), location, backend === undefined ? undefined : `${backend}${rewritten}`]
    .filter((part) => part !== undefined)
    .join(' → ')
}

/** The path and query of an example's address. */
export function pathOfUrl(url: string): string {
  return /^\w+:\/\/[^/]*(\/.*)?$/.exec(url)?.[1] ?? '/'
}
