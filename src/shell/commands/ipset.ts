/** ipset 7.17 of Debian 12: the node's sets as the lab has them, listed or saved. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** `ipset list [NAME]`, `ipset list -n`, `ipset save [NAME]` */
export function ipset(call: Invocation): Outcome {
  const [command, ...rest] = call.args
  const isListing = command === 'list' || command === '-L' || command === '-list' || command === '--list'
  const namesOnly = rest.some((word) => word === '-n' || word === '-name')
  const [name, more] = rest.filter((word) => !word.startsWith('-'))
  const options = rest.filter((word) => word.startsWith('-') && word !== '-n' && word !== '-name')
  const isSaving = ['save', '-S', '-save', '--save'].includes(command ?? '') && !namesOnly
  if (!(isListing || isSaving) || more !== undefined || options.length > 0)
    return finish(2, err(`podpath: ipset ${call.args.join(' ')} is not simulated\n`))
  if (call.machine.kind !== 'node') return finish(0)
  const node = call.machine.node.ref.name
  const text = isSaving ? call.lab.ipsetSave(node, name) : call.lab.ipset(node, name)
  if (text === undefined) {
    return finish(1, err('ipset v7.17: The set with the given name does not exist\n'))
  }
  return finish(0, out(namesOnly ? namesIn(text) : text))
}

function namesIn(listing: string): string {
  return [...listing.matchAll(/^Name: (.*)$/gm)].map(([, name = '']) => `${name}\n`).join('')
}
