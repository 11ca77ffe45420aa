/** What a new cluster holds. */
import { kubeadmObjects } from '../kubeadm.ts'

export const system = kubeadmObjects({ coredns: 'v1.14.7', kubeProxy: 'v1.34.1' })
