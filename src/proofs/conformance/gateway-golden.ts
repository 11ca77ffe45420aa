/** The shape of the golden cases for the Gateway API. */

export interface GoldenGatewayFile {
  readonly suite: string
  readonly title: string
  readonly target: 'gateway'
  readonly manifests: string
  readonly requests?: readonly GoldenGatewayRequest[]
  readonly objects?: readonly GoldenGatewayObject[]
  readonly then?: readonly GoldenStep[]
}

/** A change of the cluster, and what is judged behind it. */
export interface GoldenStep {
  readonly delete?: readonly GoldenRef[]
  readonly apply?: string
  readonly requests?: readonly GoldenGatewayRequest[]
  readonly objects?: readonly GoldenGatewayObject[]
}

interface GoldenRef {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

export interface GoldenGatewayRequest {
  readonly id: string
  readonly gateway: { readonly namespace: string; readonly name: string }
  readonly scheme: 'http' | 'https'
  readonly port?: number
  /** `''`: the Gateway's address. */
  readonly host: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly sni?: string | null
  readonly repeat?: number
  readonly expect: GoldenGatewayExpectation
}

interface GoldenGatewayExpectation {
  readonly status?: number
  /** null: no Pod answered. */
  readonly backend?: GoldenBackend | null
  readonly redirect?: {
    readonly scheme?: string
    /** `$gateway`: as in the request. */
    readonly host?: string
    readonly port?: number
    readonly path?: string
  }
  readonly upstream?: {
    readonly path?: string
    readonly host?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly absentHeaders?: readonly string[]
  }
  readonly mirroredTo?: readonly GoldenBackend[]
  readonly shares?: readonly {
    readonly service: string
    readonly share: number
    readonly tolerance: number
  }[]
}

export interface GoldenBackend {
  readonly namespace: string
  readonly service: string
  readonly port: number
}

export interface GoldenGatewayObject {
  readonly id: string
  readonly object: GoldenRef
  readonly parent?: Readonly<Record<string, string | number>>
  readonly expect: {
    readonly conditions?: GoldenConditions
    /** By name, all of them. */
    readonly listeners?: Readonly<Record<string, GoldenListener>>
  }
}

export type GoldenConditions = Readonly<Record<string, { readonly status: string; readonly reason?: string }>>

interface GoldenListener {
  readonly supportedKinds?: readonly string[]
  readonly attachedRoutes?: number
  readonly conditions?: GoldenConditions
}
