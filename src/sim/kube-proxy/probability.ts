/** How often a row of a Service's chain is taken. Models pkg/proxy/iptables/proxier.go, computeProbability. */
import { DRAW_RANGE } from '../draw.ts'

/** One in `remaining`, as kube-proxy writes it: ten decimals. */
export function probabilityText(remaining: number): string {
  return (1 / remaining).toFixed(10)
}

/** The same as the kernel keeps it: of 2^31, the nearest whole number to the ten decimals. */
export function probabilityThreshold(remaining: number): number {
  return Math.round(Number(probabilityText(remaining)) * DRAW_RANGE)
}
