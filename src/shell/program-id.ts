/** The programs that the terminal has; two programs of one name (`wget` of GNU and of BusyBox) are two ids. */
export type ProgramId =
  | 'apk'
  | 'busybox-ping'
  | 'busybox-wget'
  | 'cat'
  | 'conntrack'
  | 'curl'
  | 'dig'
  | 'echo'
  | 'false'
  | 'grep'
  | 'head'
  | 'hostname'
  | 'iptables-save'
  | 'kubectl'
  | 'ls'
  | 'ping'
  | 'seq'
  | 'sh'
  | 'sleep'
  | 'sort'
  | 'ss'
  | 'tail'
  | 'true'
  | 'uniq'
  | 'wc'
  | 'wget'
  /** Known to be there, and not simulated: says so. */
  | 'not-simulated'

/** What a machine has: the name that is typed, and the program that answers. */
export type Toolset = Readonly<Record<string, ProgramId>>
