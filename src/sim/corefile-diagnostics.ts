/** What CoreDNS says of the Corefile in its ConfigMap, at the lines of the manifest, and what comes of it. */
import type { Cluster } from './cluster/cluster.ts'
import { COREDNS_CONFIG, corefileOf } from './cluster/coredns-config.ts'
import { objectKey } from './cluster/object-ref.ts'
import { lineOfBlock } from './line-of-block.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import { nearestRange } from './manifest/locate-problem.ts'
import { corefileProblems, rereads } from './run-coredns.ts'
import { isCoreDns } from './trace/subjects.ts'

/**
 * Warnings, since the API server takes any text; none for a ConfigMap that stands in no file.
 * @param cluster CoreDNS has looked at the ConfigMap ({@link runCoreDns})
 * @param textOf a file as it was applied; undefined where it is not known
 */
export function corefileDiagnostics(
  cluster: Cluster,
  textOf: (file: string) => string | undefined,
): readonly Diagnostic[] {
  const source = cluster.objects[objectKey(COREDNS_CONFIG)]?.source
  const text = corefileOf(cluster)
  if (source === undefined || text === undefined) return []
  const about = { severity: 'warning', file: source.file } as const
  const running = cluster.pods.filter(isCoreDns).map(({ corefile }) => corefile)
  const isDown = running.includes(undefined)
  const problems = corefileProblems(cluster, text)
  const found = problems.map((problem): Diagnostic => {
    const range = lineOfBlock(
      nearestRange(source, ['data', 'Corefile']),
      textOf(source.file),
      text,
      problem.line,
    )
    return problem.fatal
      ? { ...about, range, ...refused(problem.text, isDown) }
      : { ...about, range, ...notModelled(problem.text) }
  })
  const isIgnored = running.some((each) => each !== undefined && each !== text && !rereads(each))
  if (!isIgnored) return found
  return [...found, { ...about, range: nearestRange(source, ['data', 'Corefile']), ...notRead }]
}

function refused(detail: string, isDown: boolean): Pick<Diagnostic, 'code' | 'values' | 'message' | 'hint'> {
  return {
    code: 'corefile-refused',
    values: { detail, effect: isDown ? 'down' : 'former' },
    message: isDown
      ? `CoreDNS cannot start with it (CrashLoopBackOff), and kube-dns has no endpoint: ${detail}`
      : `CoreDNS does not take it and goes on with the Corefile from before: ${detail}`,
    hint: 'Correct the line and apply again; CoreDNS then reads it anew.',
  }
}

function notModelled(text: string): Pick<Diagnostic, 'code' | 'values' | 'message'> {
  const detail = text.replace(/: not modelled$/, '')
  return {
    code: 'corefile-not-modelled',
    values: { detail },
    message: `${detail}: CoreDNS has it, Podpath does not model it`,
  }
}

const notRead: Pick<Diagnostic, 'code' | 'values' | 'message' | 'hint'> = {
  code: 'corefile-not-read',
  values: {},
  message:
    'the Corefile that CoreDNS runs by has no reload: it goes on with that one until its Pods are started again',
  hint: 'Delete the CoreDNS Pods: the new ones read this file.',
}
