import type { CorednsCase, Difference } from './dns-golden.ts'
export function runCorednsCase(golden: CorednsCase): Difference | undefined {
  return { expected: golden.name, got: 'not yet' }
}
