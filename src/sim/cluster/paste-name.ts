/** The node whose rules a file of this name holds (`NODE.iptables-save`, `NODE.nft`, `NODE.ipset-save`); undefined for a file of manifests. */
export function nodeOfPaste(file: string): string | undefined {
  return /(?:^|\/)([^/]+)\.(?:iptables-save|ipset-save|nft)$/.exec(file)?.[1]
}
