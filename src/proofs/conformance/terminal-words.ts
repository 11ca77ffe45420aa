/** What a case says in words of a file: the certificates that the ingress serves. */
import type { Lab } from '../../sim/lab.ts'
import { readTlsSecret } from '../../sim/tls/tls-secret.ts'
import { fakeCertificateOf } from '../../sim/trace/ingress-controllers.ts'
import { isIngressController } from '../../sim/trace/subjects.ts'

/** `/opt/ca.pem holds both certificates`: those of the Secrets, and the controller's fake one. */
export function wordedFiles({ cluster }: Lab, words: string): Readonly<Record<string, string>> {
  const path = /(\S+) holds both certificates/.exec(words)?.[1]
  if (path === undefined) return {}
  const pairs = cluster.secrets.map(({ data }) => readTlsSecret(data))
  const own = pairs.flatMap((read) => (read.kind === 'pair' ? [read.chain[0].certificate.pem] : []))
  const controller = cluster.pods.find(isIngressController)
  const fake = controller === undefined ? '' : fakeCertificateOf(cluster, controller).certificate.pem
  return { [path]: own.join('') + fake }
}
