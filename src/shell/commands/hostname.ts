/** hostname: the machine's name; `-i` its address, as /etc/hosts or the Pod's status has it. */
import { finish, out, err, type Invocation, type Outcome } from '../program.ts'

/** `hostname [-i|-I]` */
export function hostname(call: Invocation): Outcome {
  const [option] = call.args
  if (option === undefined) return finish(0, out(`${call.machine.hostname}\n`))
  if (option !== '-i' && option !== '-I')
    return finish(1, err(`podpath: hostname ${option} is not simulated\n`))
  switch (call.machine.kind) {
    case 'pod':
      return finish(0, out(`${call.machine.pod.ips.join(' ')}\n`))
    case 'node':
      return finish(0, out(`${option === '-i' ? '127.0.2.1' : call.machine.node.addresses.join(' ')}\n`))
    case 'laptop':
      return finish(0, out('127.0.1.1\n'))
  }
}
