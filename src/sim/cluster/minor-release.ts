/** `v1.32.5` as 32: which Kubernetes release, of the first major version. A version that cannot be read is the newest. */
export function minorRelease(kubernetesVersion: string): number {
  const [, minor] = /^v?1\.(\d+)/.exec(kubernetesVersion) ?? []
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor)
}
