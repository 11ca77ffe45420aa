/** The chapter's lab for tests, and a trace as the lines that a person would read. */
import { chapter9 } from '../../scenarios/chapter-9/chapter-9.ts'
import { createLab, openState, type Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import type { TraceRequest } from './request.ts'
import type { Evidence, Hop, Trace } from './trace.ts'

const opened = openState({
  scenario: chapter9.id,
  seed: chapter9.seed,
  nowMs: chapter9.nowMs,
  files: chapter9.files.map(({ name, text, role }) => ({ parsed: parseFile(name, text), text, role })),
})

/** A fresh lab with the chapter's applied files. */
export function chapterLab(): Lab {
  return createLab(opened)
}

/** The text of one of the chapter's files. */
export function chapterText(name: string): string {
  const file = chapter9.files.find((each) => each.name === name)
  if (file === undefined) throw new Error(`the chapter has no ${name}`)
  return file.text
}

/** Applies one of the chapter's files, with a change where one is given. Errors fail the test. */
export function applyChapterFile(
  lab: Lab,
  name: string,
  change: (text: string) => string = (text) => text,
): void {
  const text = change(chapterText(name))
  const { diagnostics } = lab.apply(parseFile(name, text), text)
  if (diagnostics.some((each) => each.severity === 'error')) throw new Error(JSON.stringify(diagnostics))
}

/** A request as the page sends it. */
export function request(from: string, url: string, more: Partial<TraceRequest> = {}): TraceRequest {
  return { from, url, method: 'GET', headers: [], seed: 6, ...more }
}

/** One line a hop: `kind subject · place`. Pods of a workload lose their suffix, since chance gave it. */
export function lines(trace: Trace): readonly string[] {
  return trace.hops.map((hop) => `${hop.kind} ${subjectText(hop)} · ${placeText(hop)}`)
}

/** The candidates of one evidence: `verdict name`. */
export function verdicts(evidence: Evidence | undefined): readonly string[] {
  return (evidence?.candidates ?? []).map((each) => `${each.verdict} ${each.name}`)
}

/** The first hop of a kind, at a Service's card where one is named. */
export function hopOf(trace: Trace, kind: Hop['kind'], subject?: string): Hop {
  const hop = trace.hops.find(
    (each) => each.kind === kind && (subject === undefined || subjectText(each).includes(subject)),
  )
  if (hop === undefined) throw new Error(`no ${kind} ${subject ?? ''} in\n${lines(trace).join('\n')}`)
  return hop
}

function subjectText({ subject }: Hop): string {
  switch (subject.kind) {
    case 'client':
      return subject.vantage
    case 'service':
    case 'node-port':
    case 'pod':
    case 'ingress-controller':
      return `${subject.kind} ${workloadName(subject.ref.name)}`
    case 'name':
      return `name ${subject.name}`
    case 'node':
      return 'node'
    case 'vip':
    case 'router':
    case 'outside':
      return `${subject.kind} ${subject.address}`
  }
}

function placeText({ place }: Hop): string {
  const host =
    place.hostKind === 'pod' ? workloadName(place.host) : place.hostKind === 'node' ? 'node' : place.host
  return place.hook === undefined || /^(cali|eth)/.test(place.hook) ? host : `${host} ${place.hook}`
}

function workloadName(name: string): string {
  return name.replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}$/, '')
}
