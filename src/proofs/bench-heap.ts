/** Prints the bytes of heap that one node's rules keep, for the number of Services given as argument. Runs under `--expose-gc`. */
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import { nodeRules } from '../sim/trace/world.ts'
import { withServices } from './bench-cluster.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'

const { cluster } = scenarioState(chapter9)
nodeRules(cluster, 'host01')
const grown = withServices(cluster, Number(process.argv[2]))
const before = heapUsed()
const rules = nodeRules(grown, 'host01')
const after = heapUsed()
if (rules.cards.ofServices().length < grown.services.length - cluster.services.length)
  throw new Error('no rules')
console.log(after - before)

function heapUsed(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
