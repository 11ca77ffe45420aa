/** Who sent a packet, as far as its socket tells (Linux net/netfilter/xt_owner.c, owner_mt). */

/** Who sent a packet, as its socket says. */
export type Sender =
  /** It came in by an interface: whoever sent it sits elsewhere. */
  | { readonly kind: 'elsewhere' }
  /** The kernel answers by a socket of its own, which no process holds: a reset, an ICMP message. */
  | { readonly kind: 'kernel' }
  | { readonly kind: 'process'; readonly uid: number; readonly gid: number }
  /** A process whose user nobody told us. */
  | { readonly kind: 'unknown' }
