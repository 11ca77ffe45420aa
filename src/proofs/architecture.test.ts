import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import lint from '../../.oxlintrc.json' with { type: 'json' }
import { doors, lintOverrides, mayImport, storeFiles, vocabulary } from './house.ts'

const src = fileURLToPath(new URL('..', import.meta.url))

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const files = sources(src)
const imports = files.flatMap(importsOf)

describe('the house', () => {
  test('is seen whole by this test', () => {
    expect(files.length).toBeGreaterThan(200)
    expect(imports.length).toBeGreaterThan(600)
  })
  test('has no import that its table forbids', () => {
    expect(imports.filter((each) => !isAllowed(each)).map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })
  test('has no cycle of imports in sim, types included', () => {
    expect(cycle(imports.filter(({ from }) => from.startsWith('sim/')))).toEqual([])
  })
  test('has no cycle of value imports', () => {
    expect(cycle(imports.filter((each) => !each.isType))).toEqual([])
  })
  test('has a README in every part of sim and every feature', () => {
    const parts = Object.keys(mayImport).filter(
      (part) => !['sim', 'scenarios', 'proofs', 'app', 'i18n'].includes(part),
    )
    const missing = parts.filter((part) => !readdirSync(join(src, part)).includes('README.md'))
    expect(missing).toEqual([])
  })
  test('has the same table in the linter', () => {
    const parts = lint.overrides.filter((override) => 'no-restricted-imports' in override.rules)
    expect(parts).toEqual(lintOverrides())
  })
  test('keeps clock and chance out of sim by lint', () => {
    const sim = lint.overrides.find((override) => 'no-restricted-properties' in override.rules)
    expect(JSON.stringify(sim)).toContain('"random"')
    expect(JSON.stringify(sim)).toContain('"now"')
  })
})

function isAllowed({ from, to, isType }: Import): boolean {
  const [own, other] = [partOf(from), partOf(to)]
  if (own === other) return true
  const allowed = mayImport[own] ?? []
  if (other === 'sim' && allowed.includes('sim')) return true
  if (allowed.includes(other)) return true
  if (vocabulary.includes(to)) return true
  if (doors.includes(to) && allowed.includes('sim door')) return true
  if (storeFiles.includes(to) && allowed.includes('app store')) return true
  if (!isType) return false
  return allowed.includes(`${other} types`) || (to.startsWith('sim/') && allowed.includes('sim types'))
}

function partOf(file: string): string {
  const parts = Object.keys(mayImport).filter((part) => file.startsWith(`${part}/`))
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? file
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|fixture|d)\.tsx?$/.test(name))
    .map((name) => relative(src, join(folder, name)))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const statements = text.matchAll(
    /^\s*(import|export)\s+(type\s+)?((?:[\w*{][^'";]*?)from\s+)?'(\.[^']+)'/gm,
  )
  return [...statements].map((match) => ({
    from: file,
    to: relative(src, join(src, dirname(file), match[4] ?? '')),
    isType: match[2] !== undefined || isAllTypes(match[3] ?? ''),
  }))
}

function isAllTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}/.exec(clause.trim())?.[1]
  return (
    names !== undefined &&
    names
      .split(',')
      .filter((name) => name.trim() !== '')
      .every((name) => /^\s*type\s/.test(name))
  )
}

/** One cycle, as a list of files; empty where there is none. */
function cycle(edges: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const to of next.get(file) ?? []) {
      const found = visit(to, [...path, file])
      if (found.length > 0) return found
    }
    done.add(file)
    return []
  }
  for (const file of next.keys()) {
    const found = visit(file, [])
    if (found.length > 0) return found
  }
  return []
}
