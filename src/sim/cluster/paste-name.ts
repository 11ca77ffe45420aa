/** The node whose rules a file of this name holds (`NODE.` and one of {@link pasteForms}); undefined for a file of manifests. */
export function nodeOfPaste(file: string): string | undefined {
  return named.exec(file)?.[1]
}

/** How a node's rules can be pasted: the ending of the file that holds them, and of the command that printed them. */
export const pasteForms = ['iptables-save', 'ip6tables-save', 'nft', 'ipset-save'] as const

export type PasteForm = (typeof pasteForms)[number]

const named = new RegExp(`(?:^|/)([^/]+)\\.(?:${pasteForms.join('|')})$`)
