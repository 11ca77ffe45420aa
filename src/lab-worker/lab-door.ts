/**
 * The lab behind a message port: one action after the other, text in and plain values out. What fails inside becomes a diagnostic
 * that asks to be reported: this is the one place where an exception of the simulator is caught.
 */
import type { Owners } from '../sim/kube-proxy/rule-owner.ts'
import type { NodeText } from '../sim/node-text.ts'
import { objectKey, type ObjectRef } from '../sim/cluster/object-ref.ts'
import { nodeOfPaste } from '../sim/cluster/paste-name.ts'
import { createLab, type Applied, type Lab, type LabState } from '../sim/lab.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { ParsedFile } from '../sim/manifest/manifest.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import { compareModes, MAY_CONFIGURE } from './compare-modes.ts'
import type { Acted, LabClient, Sent } from './lab-client.ts'

/** Reads a file. It comes later than the lab, with the YAML parser. */
export type ParseFile = (file: string, text: string) => ParsedFile

/** Opens the door to a lab on `opened`, for which everything waits. `loadParser` is called when the first text comes. */
export function createLabDoor(
  opened: LabState | Promise<LabState>,
  loadParser: () => Promise<ParseFile>,
): LabClient {
  let lab: Lab
  let lastSend: { readonly before: LabState; readonly after: LabState } | undefined
  let queue: Promise<unknown> = Promise.resolve(opened).then((state) => {
    lab = createLab(state)
  })

  // A slow parse must not let a later action overtake an earlier one.
  const inTurn = <T>(work: () => Promise<T> | T): Promise<T> => {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }
  const acted = (applied: Applied): Acted => ({ ...applied, snapshot: lab.snapshot() })
  const act = (file: string, work: (lab: Lab) => Promise<Applied> | Applied): Promise<Acted> =>
    inTurn(async () => {
      const before = lab.state()
      try {
        return acted(await work(lab))
      } catch (error) {
        lab = createLab(before)
        return acted({ changed: [], diagnostics: [internalError(file, error)] })
      }
    })
  const send = (request: TraceRequest): Promise<Sent> =>
    inTurn(() => {
      const before = lab.state()
      try {
        const trace = lab.send(request)
        lastSend = { before, after: lab.state() }
        return { kind: 'traced', trace, snapshot: lab.snapshot() }
      } catch (error) {
        lab = createLab(before)
        return { kind: 'failed', diagnostic: internalError('', error) }
      }
    })
  const parsed = async (file: string, text: string): Promise<ParsedFile> =>
    nodeOfPaste(file) === undefined
      ? (await loadParser())(file, text)
      : { file, manifests: [], diagnostics: [] }

  /** Of the texts the one that holds the object, read. */
  const homeOf = async (object: ObjectRef, files: Parameters<LabClient['changeField']>[0]) => {
    const home = lab.cluster.objects[objectKey(object)]?.source?.file
    const own = files.filter(({ file }) => file === home)
    return Promise.all(own.map(async ({ file, text }) => ({ parsed: await parsed(file, text), text })))
  }

  return {
    snapshot: () => inTurn(() => lab.snapshot()),
    send,
    resend: async (request) => {
      await inTurn(() => {
        if (lastSend !== undefined && lab.state() === lastSend.after) lab = createLab(lastSend.before)
      })
      return send(request)
    },
    check: (file, text) =>
      inTurn(async () => {
        try {
          if (nodeOfPaste(file) === undefined) return lab.check(await parsed(file, text), text)
          // On a lab of its own: nothing is changed.
          return createLab(lab.state()).pasteRules(file, text).diagnostics
        } catch (error) {
          return [internalError(file, error)]
        }
      }),
    apply: (file, text, options) =>
      act(file, async (open) =>
        nodeOfPaste(file) === undefined
          ? open.apply(await parsed(file, text), text, options)
          : open.pasteRules(file, text),
      ),
    patch: (file, text, target) =>
      act(file, async (open) => applyPatch(open, await parsed(file, text), target)),
    remove: (target) => act('', (open) => open.remove(target)),
    removeFile: (file) => act(file, (open) => open.removeFile(file)),
    addFile: (file, text) =>
      act(file, async (open) => {
        const read = await parsed(file, text)
        open.addFile(read, text)
        return { changed: [], diagnostics: text.trim() === '' ? [] : read.diagnostics }
      }),
    changeMode: (files, mode) =>
      inTurn(async () => {
        const read = await Promise.all(
          files
            .filter(({ text }) => MAY_CONFIGURE.test(text))
            .map(async ({ file, text }) => ({ parsed: await parsed(file, text), text })),
        )
        return lab.changeMode(read, mode)
      }),
    changeField: (files, change) =>
      inTurn(async () => lab.changeField(await homeOf(change.object, files), change)),
    changeNode: (files, node, ready) =>
      inTurn(async () =>
        lab.changeNode(await homeOf({ kind: 'Node', namespace: '', name: node }, files), node, ready),
      ),
    forget: () => inTurn(() => lab.forget()),
    source: (question) =>
      inTurn(() => {
        try {
          return { kind: 'cell', cell: lab.source(question) }
        } catch (error) {
          return { kind: 'failed', diagnostic: internalError('', error) }
        }
      }),
    crowd: (count) => act('', (open) => open.crowd(count)),
    servicesCost: (request, size) =>
      inTurn(() => {
        try {
          return lab.servicesCost(request, size)
        } catch (error) {
          return { kind: 'refused', diagnostics: [internalError('', error)] }
        }
      }),
    compareModes: (request) =>
      inTurn(async () => {
        try {
          const [parse, { printRequest }] = await Promise.all([loadParser(), import('./print-request.ts')])
          const outcomes = compareModes(lab.state(), request, {
            parse,
            print: (on, asked) => printRequest(on, asked, parse),
          })
          return { kind: 'compared', outcomes }
        } catch (error) {
          return { kind: 'failed', diagnostic: internalError('', error) }
        }
      }),
    surveyPaste: (text, { node, file }) =>
      inTurn(async () => {
        if (text.trim() === '') return { kind: 'empty' }
        try {
          const rules = lab.surveyPaste(node, text)
          if (rules !== undefined) return rules
          const read = await parsed(file, text)
          return { kind: 'manifests', file, objects: byKind(read), diagnostics: lab.check(read, text) }
        } catch (error) {
          return { kind: 'manifests', file, objects: [], diagnostics: [internalError(file, error)] }
        }
      }),
    showHttpRoutes: () =>
      inTurn(async () => {
        try {
          const { showRoutes } = await import('./show-routes.ts')
          return showRoutes(lab)
        } catch (error) {
          return { kind: 'failed', diagnostic: internalError('', error) }
        }
      }),
    encodeDns: async (message, transport) =>
      (await import('../sim/dns/wire-format.ts')).encodeSent(message, transport),
    nodeText: (node, text) =>
      inTurn(() => ({
        text: nodeText(lab, node, text),
        owners: ownersIn(lab, node, text),
      })),
  }
}

function ownersIn(lab: Lab, node: string, text: NodeText): Owners {
  if (text === 'iptables-save') return lab.ruleOwners(node, 4)
  return text === 'ip6tables-save' ? lab.ruleOwners(node, 6) : {}
}

function byKind({ manifests }: ParsedFile): readonly { readonly kind: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { kind } of manifests) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}

function nodeText(lab: Lab, node: string, text: NodeText): string {
  switch (text) {
    case 'iptables-save':
      return lab.iptablesSave(node, { counters: true })
    case 'ip6tables-save':
      return lab.ip6tablesSave(node, { counters: true })
    case 'ipvsadm':
      return lab.ipvsadm(node) ?? ''
    case 'ipset':
      return lab.ipset(node) ?? ''
    case 'nft': {
      const listed = lab.nft(node, { kind: 'ruleset' })
      return listed.kind === 'text' ? listed.text : ''
    }
    case 'conntrack':
      return lab.conntrack(node)
  }
}

function applyPatch(lab: Lab, file: ParsedFile, target: ObjectRef): Applied {
  if (file.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    return { changed: [], diagnostics: file.diagnostics }
  }
  if (file.patch === undefined) return { changed: [], diagnostics: [noPatch(file.file)] }
  return lab.patch(target, file.patch.body, file.file)
}

function noPatch(file: string): Diagnostic {
  return {
    severity: 'error',
    code: 'patch-without-target',
    values: {},
    message: 'the file names objects of its own; it is no patch',
    file,
  }
}

function internalError(file: string, error: unknown): Diagnostic {
  const detail = error instanceof Error ? `${error.message}\n${error.stack ?? ''}`.trim() : String(error)
  return {
    severity: 'error',
    code: 'internal-error',
    values: { detail },
    message: `Podpath failed here, which is a fault of its own; please report it. ${detail.split('\n')[0] ?? ''}`,
    file,
  }
}
