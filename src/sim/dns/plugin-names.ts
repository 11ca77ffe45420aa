/**
 * The plugins that CoreDNS is built with, in the order in which a query passes them, whatever the order in the Corefile
 * (CoreDNS 1.14.7 plugin.cfg, core/dnsserver/zdirectives.go).
 */
export const pluginOrder: readonly string[] = [
  'root metadata geoip cancel tls timeouts multisocket reload nsid bufsize bind debug trace ready health pprof prometheus',
  'errors log dnstap local dns64 any chaos loadbalance tsig rewrite acl cache header dnssec autopath minimal template',
  'transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic',
  'whoami on sign view nomad',
].flatMap((names) => names.split(' '))

/** Plugins that change no answer: they watch, report, or decide how the process runs. */
export const watchingPlugins: ReadonlySet<string> = new Set(
  'root metadata geoip cancel timeouts multisocket reload bind debug trace ready health pprof prometheus errors log dnstap chaos loop on transfer'.split(
    ' ',
  ),
)
