/** The lab in which a golden case of the terminal plays. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { assembleCluster } from '../../sim/cluster/assemble-cluster.ts'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { objectKey } from '../../sim/cluster/object-ref.ts'
import { nodeOfPaste } from '../../sim/cluster/paste-name.ts'
import { openStore } from '../../sim/cluster/object-store.ts'
import type { ApiObject } from '../../sim/cluster/objects.ts'
import { createLab, openState, type Lab } from '../../sim/lab.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { wordedFiles } from './terminal-words.ts'
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
  const opened = openState({ scenario: golden.name, seed: 7, nowMs, files: inputsOf(golden, folder) })
  const isAsGiven = given.objects !== undefined && given.manifests === undefined
  const lab = createLab(
    isAsGiven ? { ...opened, cluster: asGiven(opened.cluster, given.objects ?? []) } : opened,
  )
  for (const [path, text] of Object.entries({ ...given.files, ...wordedFiles(lab, given.words ?? '') })) {
    lab.addFile(parseFile(path.replace(/^\/opt\//, ''), text), text)
  }
  for (const [file, text] of Object.entries(given.pastes ?? {}))
    if (nodeOfPaste(file) !== undefined) lab.pasteRules(file, text)
  return lab
}

const standing = ['Namespace//default', 'Namespace//kube-system']

/** The objects of a case alone, their status as it stands: nothing that controllers made of them, or in them. */
function asGiven(cluster: Cluster, objects: readonly unknown[]): Cluster {
  const given = new Map(objects.filter(isNamed).map((object) => [keyOf(object), object]))
  const kept = Object.entries(cluster.objects).flatMap(
    ([key, object]): readonly (readonly [string, ApiObject])[] => {
      if (standing.includes(key) && !given.has(key)) {
        return [[key, object]]
      }
      const own = given.get(key)
      if (own === undefined) return []
      const { status: _status, ...body } = object.body
      const createdAtMs = Date.parse(own.metadata.creationTimestamp ?? '')
      return [
        [
          key,
          {
            ...object,
            body: {
              ...body,
              metadata: own.metadata,
              ...(own.status !== undefined && { status: own.status }),
            },
            createdAtMs: Number.isNaN(createdAtMs) ? object.createdAtMs : createdAtMs,
          },
        ],
      ]
    },
  )
  const { config, seed, nowMs } = cluster
  return assembleCluster({ store: openStore(Object.fromEntries(kept)), config, seed, nowMs })
}

interface GivenObject {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly creationTimestamp?: string
  }
  readonly status?: JsonObject
}

function isNamed(object: unknown): object is GivenObject {
  return typeof object === 'object' && object !== null && 'kind' in object && 'metadata' in object
}

function keyOf(object: GivenObject): string {
  const { kind, metadata } = object
  return objectKey({ kind, namespace: metadata.namespace ?? '', name: metadata.name })
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
