/**
 * `npm run size`: what the first interactive graph needs, gzip, against the budget: the entry and all that it imports statically.
 * The worker loads beside the picture, which does not wait for it; it is listed with its own size, like the parts that come later.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 230
const CSS_BUDGET_KB = 12
const folder = 'dist/assets/'

const html = readFileSync('dist/index.html', 'utf8')
const files = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))
const first = new Set<string>()
for (const name of files) if (html.includes(name)) visit(name)

const rows = files
  .map((name) => ({
    name,
    kb: gzipSync(readFileSync(folder + name)).length / 1000,
    isFirst: first.has(name),
  }))
  .toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || b.kb - a.kb)
for (const { name, kb, isFirst } of rows)
  console.log(
    `${isFirst ? 'first ' : name.startsWith('worker-') ? 'worker' : 'later '} ${kb.toFixed(1).padStart(8)} kB  ${name}`,
  )

const sum = (ending: string) =>
  rows.filter((row) => row.isFirst && row.name.endsWith(ending)).reduce((total, row) => total + row.kb, 0)
const js = sum('.js')
const css = sum('.css')
console.log(
  `first load: JavaScript ${js.toFixed(1)} of ${BUDGET_KB} kB, CSS ${css.toFixed(1)} of ${CSS_BUDGET_KB} kB (gzip)`,
)
if (js > BUDGET_KB || css > CSS_BUDGET_KB) {
  console.error('over budget')
  process.exit(1)
}

/** Adds a file and what it imports without `import()`. */
function visit(name: string): void {
  if (first.has(name) || !statSync(folder + name, { throwIfNoEntry: false })) return
  first.add(name)
  if (!name.endsWith('.js')) return
  const text = readFileSync(folder + name, 'utf8')
  for (const match of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    if (match[1] !== undefined) visit(match[1])
}
