/** GNU wget's progress, finished: dots into a pipe, a bar on a terminal of 100 columns (src/progress.c, src/retr.c). */

/** What was fetched, and how long its bytes took. */
export interface Transfer {
  readonly name: string
  readonly bytes: number
  readonly tty: boolean
  readonly spanMs: number
}

const dotBytes = 1024
const dotsInCluster = 10
const dotsInLine = 50

/** The progress with its newline, and the rate as the last line names it (`63.2 MB/s`). */
export function printProgress(transfer: Transfer): { readonly text: string; readonly rate: string } {
  const perSecond = (transfer.bytes * 1000) / transfer.spanMs
  const took = transfer.spanMs < 50 ? '0s' : `${(transfer.spanMs / 1000).toPrecision(2)}s`
  const text = transfer.tty ? bar(transfer, took) : dots(transfer.bytes, shortRate(perSecond), took)
  return { text, rate: longRate(perSecond) }
}

function bar({ name, bytes }: Transfer, took: string): string {
  const shown = name === '-' ? '-' : name.slice(0, 19)
  return `${shown.padEnd(25)}100%[${'='.repeat(34)}>]${String(bytes).padStart(8)}  --.-KB/s    in ${took}\n`
}

/** A dot a kilobyte, ten to a cluster, fifty to a line; a last, shorter line is filled with blanks. */
function dots(bytes: number, rate: string, took: string): string {
  const count = Math.floor(bytes / dotBytes)
  const lines = Math.max(1, Math.ceil(count / dotsInLine))
  return Array.from({ length: lines }, (_, line) => {
    const inLine = Math.min(dotsInLine, count - line * dotsInLine)
    const clusters = Array.from({ length: dotsInLine / dotsInCluster }, (_cluster, index) => {
      const dotted = Math.max(0, Math.min(dotsInCluster, inLine - index * dotsInCluster))
      return ` ${'.'.repeat(dotted).padEnd(dotsInCluster)}`
    })
    const percent =
      bytes === 0 ? 100 : Math.min(100, Math.floor(((line + 1) * dotsInLine * dotBytes * 100) / bytes))
    const isLast = line === lines - 1
    const start = `${String(line * dotsInLine).padStart(6)}K`
    return `${start}${clusters.join('')}${String(isLast ? 100 : percent).padStart(3)}% ${rate}=${took}\n`
  }).join('')
}

function shortRate(perSecond: number): string {
  const { value, unit } = scaled(perSecond)
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2).padStart(4)}${unit}`
}

function longRate(perSecond: number): string {
  const { value, unit } = scaled(perSecond)
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${unit === '' ? '' : unit}B/s`
}

function scaled(perSecond: number): { readonly value: number; readonly unit: string } {
  if (perSecond < 1024) return { value: perSecond, unit: '' }
  if (perSecond < 1024 ** 2) return { value: perSecond / 1024, unit: 'K' }
  if (perSecond < 1024 ** 3) return { value: perSecond / 1024 ** 2, unit: 'M' }
  return { value: perSecond / 1024 ** 3, unit: 'G' }
}
