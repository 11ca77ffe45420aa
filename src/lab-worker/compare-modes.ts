/** One request in each mode of kube-proxy: three labs that differ in nothing else, each brought there as a person would, by its file. */
import { createLab, type Lab, type LabState } from '../sim/lab.ts'
import type { ProxyMode } from '../sim/cluster/cluster.ts'
import type { ParsedFile } from '../sim/manifest/manifest.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import { modeOutcome, type ModeOutcome } from './mode-outcome.ts'

/** The modes, in the order in which they are shown. */
const PROXY_MODES: readonly ProxyMode[] = ['iptables', 'nftables', 'ipvs']

interface CompareParts {
  readonly parse: (file: string, text: string) => ParsedFile
  /** What the client's program prints for the request, on a lab of its own. */
  readonly print: (lab: Lab, request: TraceRequest) => string | undefined
}

/** The outcomes, mode by mode. The state given does not change; a mode that no file of it can say is left out. */
export function compareModes(
  state: LabState,
  request: TraceRequest,
  { parse, print }: CompareParts,
): readonly ModeOutcome[] {
  return PROXY_MODES.flatMap((mode) => {
    const inMode = stateIn(state, mode, parse)
    if (inMode === undefined) return []
    const prints = print(createLab(inMode), request)
    const outcome = modeOutcome(mode, createLab(inMode).send(request))
    return [{ ...outcome, ...(prints !== undefined && { prints }) }]
  })
}

/** The state after the mode's word was typed and applied; undefined where the file would not be taken. */
function stateIn(state: LabState, mode: ProxyMode, parse: CompareParts['parse']): LabState | undefined {
  const lab = createLab(state)
  if (lab.snapshot().proxyMode === mode) return state
  const files = lab.files
    .filter(({ applied, patch, text }) => applied && patch === undefined && MAY_CONFIGURE.test(text))
    .map(({ name, text }) => ({ parsed: parse(name, text), text }))
  const change = lab.changeMode(files, mode)
  if (change.kind !== 'edit') return undefined
  const { diagnostics } = lab.apply(parse(change.file, change.text), change.text, { prune: true })
  return diagnostics.some(({ severity }) => severity === 'error') ? undefined : lab.state()
}

/** What a file says that may hold kube-proxy's configuration, or could: the others need no reading. */
export const MAY_CONFIGURE = /ClusterConfiguration|KubeProxyConfiguration/
