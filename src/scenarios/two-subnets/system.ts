/** What the cluster holds before a reader types anything. */
import { kubeadmObjects } from '../kubeadm.ts'

export const system = `# CoreDNS runs on host01, beside the client: the lookup stays on one node, the request does not.
${kubeadmObjects({ coredns: 'v1.11.3', kubeProxy: 'v1.32.5' })}`
