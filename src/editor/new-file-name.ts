/** The name that a person gives to a new file. */
import { nodeOfPaste } from '../sim/cluster/paste-name.ts'

/** Why a name is refused. */
export type NameProblem = 'empty' | 'taken' | 'ending' | 'letters'

/**
 * A name ready to use, or why not. Without an ending `.yaml` is added; `NODE.iptables-save`, `NODE.ip6tables-save`, `NODE.ipset-save` and `NODE.nft` are for the rules of a real node. Letters, digits, dots, dashes and underscores only:
 * the terminal's /opt lists these names, and the shell needs no quotes for them.
 */
export function newFileName(
  typed: string,
  existing: readonly string[],
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: NameProblem } {
  const bare = typed.trim()
  if (bare === '') return { ok: false, problem: 'empty' }
  if (!/^[\w.-]+$/.test(bare)) return { ok: false, problem: 'letters' }
  const name = bare.includes('.') ? bare : `${bare}.yaml`
  if (!/.\.(ya?ml|json)$/.test(name) && nodeOfPaste(name) === undefined)
    return { ok: false, problem: 'ending' }
  if (existing.includes(name)) return { ok: false, problem: 'taken' }
  return { ok: true, name }
}
