/**
 * A router that says net unreachable of whatever it cannot pass on. A kernel without a route says so too, but to one sender five times
 * and then once a second (Linux net/ipv4/route.c, ip_error), which cannot be changed for one namespace; a rule says it every time.
 */
import { run, runIn } from './commands.ts'

/** Lets the router in this namespace answer. */
export async function letAnswer(namespace: string): Promise<void> {
  const lines = ['link add nowhere type bridge', 'link set nowhere up', 'route add default dev nowhere']
  await run('ip', ['-n', namespace, '-batch', '-'], lines.map((line) => `${line}\n`).join(''))
  await runIn(namespace, 'sysctl', ['-q', '-e', '-w', 'net.ipv4.icmp_msgs_burst=10000'])
  const rule = '-A FORWARD -o nowhere -j REJECT --reject-with icmp-net-unreachable'
  await runIn(namespace, 'iptables-restore', [], `*filter\n${rule}\nCOMMIT\n`)
}
