/** Whether counts fit shares: Pearson's chi-square. */

/**
 * The probability that fair draws differ at least so much from the shares.
 * @param counts how often each came
 * @param shares what each should get, adding up to 1
 */
export function fit(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const chiSquare = shares.reduce((sum, share, index) => {
    const expected = share * total
    return sum + ((counts[index] ?? 0) - expected) ** 2 / expected
  }, 0)
  return upperTail(chiSquare, shares.length - 1)
}

/** P(X ≥ x) of the chi-square distribution (NIST DLMF 8.4, 8.8: the incomplete gamma function by its recurrence). */
export function upperTail(x: number, degrees: number): number {
  if (degrees === 0) return 1
  const half = x / 2
  let tail = degrees % 2 === 0 ? Math.exp(-half) : complementaryError(Math.sqrt(half))
  // The next term of the series is half^(k/2) e^-half / Γ(k/2 + 1).
  let term = degrees % 2 === 0 ? half * Math.exp(-half) : (2 * Math.sqrt(half) * Math.exp(-half)) / SQRT_PI
  for (let k = degrees % 2 === 0 ? 2 : 1; k < degrees; k += 2) {
    tail += term
    term *= half / (k / 2 + 1)
  }
  return Math.min(1, tail)
}

const SQRT_PI = Math.sqrt(Math.PI)

/** erfc(z) for z ≥ 0: the series of erf where that converges fast, else the continued fraction (DLMF 7.6.1, 7.9.1). */
function complementaryError(z: number): number {
  if (z < 2) {
    let [sum, term] = [z, z]
    for (let n = 1; n < 60; n++) {
      term *= (-z * z) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / SQRT_PI) * sum
  }
  let fraction = z
  for (let n = 60; n > 0; n--) fraction = z + n / 2 / fraction
  return Math.exp(-z * z) / SQRT_PI / fraction
}
