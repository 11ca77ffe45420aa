/** A cluster that ships with the page: its files, and the request that stands ready. Data alone. */

export interface Scenario {
  readonly id: string
  readonly title: Readonly<Record<'en' | 'zh-CN', string>>
  readonly seed: number
  /** When the scenario opens, in milliseconds since the epoch. */
  readonly nowMs: number
  /** In the order in which they are applied, and then those that wait in theirs. */
  readonly files: readonly ScenarioFile[]
  readonly request: {
    readonly from: string
    readonly url: string
    readonly method: string
    readonly headers: readonly (readonly [name: string, value: string])[]
  }
}

/** What a menu says of a scenario, and what the request bar takes from it; not its files. */
export type ScenarioCard = Pick<Scenario, 'id' | 'title' | 'request'>

export interface ScenarioFile {
  readonly name: string
  readonly text: string
  /**
   * `cluster`: machines and configuration. `system`: what a new cluster holds. `applied`: a reader's file that stands applied when
   * the page opens (the command line opens without it). `waiting`: a reader's file in its tab.
   */
  readonly role: 'cluster' | 'system' | 'applied' | 'waiting'
}
