/** What the client's own program prints for a request of the bar: its line typed in the simulated terminal where it starts. */
import { exec } from '../shell/exec.ts'
import type { ParseFile } from '../shell/program.ts'
import type { Lab } from '../sim/lab.ts'
import type { TraceRequest } from '../sim/trace/request.ts'

/** The exit code of a shell that knows no such command. */
const NOT_FOUND = 127

/**
 * The prompt's line and what it prints; undefined for what no program of the terminal asks (`tcp://`, `udp://`, `sctp://`). The lab's chances and
 * faults are the request's own, so that the text is of the very Pod that the trace shows.
 */
export function printRequest(lab: Lab, request: TraceRequest, parseFile: ParseFile): string | undefined {
  const chances: Lab = { ...lab, send: (asked) => lab.send({ ...asked, seed: request.seed }) }
  for (const line of linesFor(request)) {
    const { stdout, exitCode } = exec(chances, line, {
      at: request.from,
      tty: true,
      parseFile,
      faults: request.faults ?? [],
    })
    if (exitCode !== NOT_FOUND) return `$ ${line}\n${stdout}`
  }
  return undefined
}

/** In the order in which a person would try them: not every image has curl. */
function linesFor({ url, method, headers, body }: TraceRequest): readonly string[] {
  const asked = url.trim()
  const [, host] = /^ping\s+(\S+)/i.exec(asked) ?? []
  if (host !== undefined) return [`ping -c 1 ${quoted(host)}`]
  if (/^(dig|nslookup|host|getent)\s/i.test(asked)) return [asked.split(/\s+/).map(quoted).join(' ')]
  if (/^(tcp|udp):/i.test(asked)) return []
  const curl = [
    ...(method === 'GET' ? [] : ['-X', method]),
    ...headers.flatMap(([name, value]) => ['-H', quoted(`${name}: ${value}`)]),
    ...(body === undefined ? [] : ['-d', quoted(body)]),
  ]
  const wget = headers.flatMap(([name, value]) => ['--header', quoted(`${name}: ${value}`)])
  return [['curl', ...curl, quoted(asked)].join(' '), ['wget', '-qO-', ...wget, quoted(asked)].join(' ')]
}

/** For a shell: bare where it needs no quotes. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
