/**
 * Whose rules a lookup follows. `musl` and `glibc` are their getaddrinfo, which curl, wget, ping and most programs call; the others
 * are programs with a resolver of their own. `dig` is dig without, `dig-search` with `+search`; `host` and `nslookup` are BIND's.
 */
export type ResolverFlavour =
  'musl' | 'glibc' | 'busybox-nslookup' | 'dig' | 'dig-search' | 'host' | 'nslookup'
