/** The lab in which a golden case of the terminal plays. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createLab, openState, type Lab } from '../../sim/lab.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import type { TerminalCase, TerminalScene } from './terminal-golden.ts'

/** What a folder of cases shares. */
export interface TerminalFolder {
  readonly path: string
  readonly scene: TerminalScene
}

type Role = 'cluster' | 'system' | 'waiting'

/** Opens it: the case's own folder of manifests, its own objects, or the scene; then its files in /opt. */
export function openTerminalLab(golden: TerminalCase, folder: TerminalFolder): Lab {
  const { given } = golden
  const nowMs = Date.parse(given.now ?? folder.scene.now)
  const lab = createLab(openState({ scenario: golden.name, seed: 7, nowMs, files: inputsOf(golden, folder) }))
  for (const [path, text] of Object.entries(given.files ?? {})) {
    lab.addFile(parseFile(path.replace(/^\/opt\//, ''), text), text)
  }
  return lab
}

function inputsOf(golden: TerminalCase, folder: TerminalFolder) {
  const { given } = golden
  if (given.manifests !== undefined) return chapterFiles(join(folder.path, given.manifests))
  if (given.objects !== undefined) return [objectsFile(given.objects)]
  if (given.words === undefined) return [objectsFile([])]
  const manifests = folder.scene.manifests.map((name) => input(join(folder.path, name), 'cluster'))
  return [...manifests, objectsFile(folder.scene.objects)]
}

function chapterFiles(directory: string) {
  const roles: readonly (readonly [string, Role])[] = [
    ['cluster.yaml', 'cluster'],
    ['system.yaml', 'system'],
    ['nginx-deploy.yaml', 'waiting'],
    ['nginx-service.yaml', 'waiting'],
    ['pod.yaml', 'waiting'],
    ['nginx-nodeport.yaml', 'waiting'],
    ['nginx-ingress.yaml', 'waiting'],
  ]
  return roles.map(([name, role]) => input(join(directory, name), role))
}

function input(path: string, role: Role) {
  const text = readFileSync(path, 'utf8')
  return { parsed: parseFile(basename(path), text), text, role }
}

function objectsFile(objects: readonly unknown[]) {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  return { parsed: parseFile('given.json', text), text, role: 'cluster' as const }
}
