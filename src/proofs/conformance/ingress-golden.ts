/** The shape of the golden cases for Ingress. */
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { JsonValue } from '../../sim/manifest/manifest.ts'

export interface GoldenFile {
  readonly suite: string
  readonly target: 'spec' | 'ingress-nginx'
  readonly certificates?: Readonly<Record<string, readonly string[]>>
  readonly manifests?: string
  readonly controller?: GoldenController
  readonly requests?: readonly GoldenRequest[]
  readonly admission?: readonly GoldenAdmission[]
  readonly objects?: readonly GoldenObjectRow[]
}

export interface GoldenController {
  readonly flags?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, string>>
  readonly webhook?: boolean
}

export interface GoldenRequest {
  readonly id: string
  /** Whence the row comes: a test of upstream, a document. */
  readonly source?: string
  readonly scheme: 'http' | 'https'
  /** `''`: the Host header is the controller's address. */
  readonly host: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** null: no name in the ClientHello. Absent: the host. */
  readonly sni?: string | null
  readonly proxyProtocol?: string
  readonly repeat?: number
  /** Rows of one session share a cookie jar. */
  readonly session?: string
  readonly controller?: GoldenController
  readonly expect: GoldenExpectation
  /** Replaces these keys of `expect` for ingress-nginx; `upstream` then falls away. */
  readonly ingressNginx?: Pick<GoldenExpectation, 'status' | 'backend' | 'location'>
}

export interface GoldenExpectation {
  readonly status?: number
  /** null: no Pod answered. */
  readonly backend?: { readonly namespace: string; readonly service: string; readonly port: number } | null
  readonly ingress?: string
  readonly location?: string
  readonly certificate?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly headersPresent?: readonly string[]
  readonly absentHeaders?: readonly string[]
  readonly bodyContains?: readonly string[]
  readonly setCookieContains?: readonly string[]
  readonly setCookieLacks?: readonly string[]
  readonly upstream?: {
    readonly path?: string
    readonly method?: string
    readonly host?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly address?: 'podIP' | 'clusterIP'
  }
  readonly spread?: {
    readonly distinctPods?: number
    readonly each?: number
    readonly sameAsSession?: boolean
  }
  readonly shares?: readonly { readonly service: string; readonly atLeast: number }[]
}

/** An Ingress that is created. */
export interface GoldenAdmission {
  readonly id: string
  readonly manifest: string
  /** What is there before. */
  readonly existing?: string
  readonly classes?: readonly {
    readonly name: string
    readonly isDefault?: string
    readonly created?: string | Date
  }[]
  readonly controller?: GoldenController
  readonly expect: {
    readonly accept: boolean
    readonly errors?: readonly Readonly<Partial<Record<'field' | 'type' | 'detail' | 'value', string>>>[]
    readonly message?: string
    /** null: unset. */
    readonly ingressClassName?: string | null
  }
}

/** An object whose status is read. */
export interface GoldenObjectRow {
  readonly id: string
  readonly manifests?: string
  readonly controller?: GoldenController
  readonly object: ObjectRef
  readonly expect: { readonly loadBalancer?: readonly JsonValue[]; readonly loadBalancerEmpty?: boolean }
}
