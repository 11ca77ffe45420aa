/** A lab on a scenario, as the command line opens it: nothing of the reader's applied, then the files of `-f` in order. */
import type { Scenario } from '../scenarios/scenario.ts'
import { nodeOfPaste } from '../sim/cluster/paste-name.ts'
import { createLab, openState, type Lab, type LabInput, type LabState } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { ParsedFile } from '../sim/manifest/manifest.ts'
import type { InputFile } from './read-inputs.ts'

/** The lab, and what is to be said of the files: `file` of a diagnostic is the name as given. */
export interface OpenedLab {
  readonly lab: Lab
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens the scenario and applies the inputs. One that has an error changes nothing, and stands in /opt all the same. */
export function openLab(
  scenario: Scenario,
  inputs: readonly InputFile[],
  seed: number = scenario.seed,
): OpenedLab {
  const given = uniquelyNamed(inputs).map((input) => ({
    ...input,
    parsed: isPaste(input.shortName)
      ? { file: input.shortName, manifests: [], diagnostics: [] }
      : parseFile(input.shortName, input.text),
  }))
  const clusters = given.filter(({ parsed }) => replacesCluster(parsed))
  const opened = openScenario(scenario, clusters, seed)
  const lab = createLab(opened.state)
  const applied = given
    .filter((input) => !clusters.includes(input))
    .flatMap(({ parsed, text }) => applyInput(lab, parsed, text))
  const names = new Map(given.map((input) => [input.shortName, input.name]))
  const diagnostics = [...opened.diagnostics, ...applied]
  return {
    lab,
    diagnostics: diagnostics.map((each) => ({ ...each, file: names.get(each.file) ?? each.file })),
  }
}

interface GivenFile {
  readonly parsed: ParsedFile
  readonly text: string
}

interface OpenedScenario {
  readonly state: LabState
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The scenario on its own machines, or on those given. Files with an error leave it as it is. What the scenario's system objects ask
 * of its own machines and another cluster refuses (a node port out of range) is left out, with a warning.
 */
function openScenario(scenario: Scenario, clusters: readonly GivenFile[], seed: number): OpenedScenario {
  const shipped = scenario.files
    .filter((file) => clusters.length === 0 || file.role !== 'cluster')
    .map((file) => ({
      parsed: parseFile(file.name, file.text),
      text: file.text,
      role: file.role === 'applied' ? ('waiting' as const) : file.role,
    }))
  const machines = clusters.map(({ parsed, text }) => ({ parsed, text, role: 'cluster' as const }))
  const open = (files: LabInput['files']) =>
    openState({ scenario: scenario.id, seed, nowMs: scenario.nowMs, files })
  const state = open([...machines, ...shipped])
  const isGiven = (each: Diagnostic) => clusters.some(({ parsed }) => parsed.file === each.file)
  const own = state.diagnostics.filter(isGiven)
  if (own.some(isError)) {
    return { ...openScenario(scenario, [], seed), diagnostics: own }
  }
  const refused = state.diagnostics.filter(isError)
  if (refused.length === 0) return { state, diagnostics: own }
  const kept = shipped.map((file) => ({ ...file, parsed: withoutRefused(file.parsed, refused) }))
  return { state: open([...machines, ...kept]), diagnostics: [...own, ...refused.map(leftOut)] }
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error'
}

function withoutRefused(parsed: ParsedFile, refused: readonly Diagnostic[]): ParsedFile {
  const isRefused = (kind: string, name: string) =>
    refused.some(
      (each) => each.file === parsed.file && each.values['kind'] === kind && each.values['name'] === name,
    )
  return { ...parsed, manifests: parsed.manifests.filter(({ kind, name }) => !isRefused(kind, name)) }
}

function leftOut(refused: Diagnostic): Diagnostic {
  const { kind = '', name = '' } = refused.values
  const message = `${kind} ${name} of the scenario is left out of this cluster: ${refused.message}`
  return { ...refused, severity: 'warning', message }
}

function applyInput(lab: Lab, parsed: ParsedFile, text: string): readonly Diagnostic[] {
  if (isPaste(parsed.file)) return lab.pasteRules(parsed.file, text).diagnostics
  if (parsed.patch !== undefined) {
    lab.addFile(parsed, text)
    return [patchWaits(parsed.file)]
  }
  const { diagnostics } = lab.apply(parsed, text, { load: true })
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) lab.addFile(parsed, text)
  return diagnostics
}

/** A ClusterConfiguration with machines takes the place of the scenario's; one without machines only changes its settings. */
function replacesCluster(parsed: ParsedFile): boolean {
  const has = (kind: string) => parsed.manifests.some((manifest) => manifest.kind === kind)
  return has('ClusterConfiguration') && has('Node')
}

/** Two files of one name in different directories keep their paths as names. */
function uniquelyNamed(inputs: readonly InputFile[]): readonly InputFile[] {
  return inputs.map((input) => {
    const isAlone = inputs.filter((other) => other.shortName === input.shortName).length === 1
    return isAlone ? input : { ...input, shortName: input.name }
  })
}

function isPaste(file: string): boolean {
  return nodeOfPaste(file) !== undefined
}

function patchWaits(file: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'patch-without-target',
    values: {},
    message: `a patch, not an object: it waits in /opt for kubectl patch --patch-file /opt/${file}`,
    file,
  }
}
