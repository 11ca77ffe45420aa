/** Every program by its id. Adding one: its id in `program-id.ts`, its file in `commands/`, a line here, its name in a toolset. */
import { apk } from './commands/apk.ts'
import { bridge } from './commands/bridge.ts'
import { busyboxNslookup } from './commands/busybox-nslookup.ts'
import { busyboxPing } from './commands/busybox-ping.ts'
import { busyboxWget } from './commands/busybox-wget.ts'
import { cat } from './commands/cat.ts'
import { conntrack } from './commands/conntrack.ts'
import { curl } from './commands/curl.ts'
import { dig } from './commands/dig.ts'
import { echo } from './commands/echo.ts'
import { getent } from './commands/getent.ts'
import { grep } from './commands/grep.ts'
import { head, tail } from './commands/head-tail.ts'
import { host } from './commands/host.ts'
import { hostname } from './commands/hostname.ts'
import { ingress2gateway } from './commands/ingress2gateway.ts'
import { ip } from './commands/ip.ts'
import { ipset } from './commands/ipset.ts'
import { ipvsadm } from './commands/ipvsadm.ts'
import { ip6tablesSave, iptablesSave } from './commands/iptables-save.ts'
import { kubectl } from './commands/kubectl.ts'
import { ls } from './commands/ls.ts'
import { nft } from './commands/nft.ts'
import { nslookup } from './commands/nslookup.ts'
import { ping } from './commands/ping.ts'
import { seq } from './commands/seq.ts'
import { sh } from './commands/sh.ts'
import { sleep } from './commands/sleep.ts'
import { sort } from './commands/sort.ts'
import { ss } from './commands/ss.ts'
import { uniq } from './commands/uniq.ts'
import { wc } from './commands/wc.ts'
import { wget } from './commands/wget.ts'
import { finish, type Program } from './program.ts'
import type { ProgramId } from './program-id.ts'

/** The programs that are simulated. */
export const programs: Readonly<Record<Exclude<ProgramId, 'not-simulated'>, Program>> = {
  apk,
  bridge,
  'busybox-nslookup': busyboxNslookup,
  'busybox-ping': busyboxPing,
  'busybox-wget': busyboxWget,
  cat,
  conntrack,
  curl,
  dig,
  echo,
  false: () => finish(1),
  getent,
  grep,
  head,
  host,
  hostname,
  ingress2gateway,
  ip,
  ipset,
  'iptables-save': iptablesSave,
  'ip6tables-save': ip6tablesSave,
  ipvsadm,
  kubectl,
  ls,
  nft,
  nslookup,
  ping,
  seq,
  sh,
  sleep,
  sort,
  ss,
  tail,
  true: () => finish(0),
  uniq,
  wc,
  wget,
}
