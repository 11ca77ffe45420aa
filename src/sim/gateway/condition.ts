/** A condition as the API writes it (metav1.Condition), before it has a time and a generation. */
export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}
