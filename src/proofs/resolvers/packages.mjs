/** What apt calls everything that the proof of the resolvers can use. Plain JavaScript: `npm test` reads it before anything is installed. */
export const debianPackages = [
  'bind9-dnsutils',
  'bind9-host',
  'busybox',
  'musl',
  'musl-tools',
  'gcc',
  'libc-bin',
  'curl',
  'wget',
  'iproute2',
  'util-linux',
]
