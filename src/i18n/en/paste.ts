/** English texts of the dialog for what comes from elsewhere. ICU MessageFormat. */
export const paste = {
  'paste.title': 'Paste manifests or a node’s rules',
  'paste.lead':
    'What kubectl get … -o yaml printed; or, from a node, what iptables-save, ip6tables-save, ipset save or nft list table ip kube-proxy printed. A file can be dropped onto the page too. Nothing of it leaves this page.',
  'paste.placeholder': 'apiVersion: v1 …      *nat …      table ip kube-proxy …',
  'paste.looking': 'Looking at it …',
  'paste.manifests': 'These are manifests:',
  'paste.into': 'for the file {file}.',
  'paste.rules.iptables-save': 'These are rules, as iptables-save prints them:',
  'paste.rules.ip6tables-save': 'These are IPv6 rules, as ip6tables-save prints them:',
  'paste.rules.nft': 'These are rules, as nft lists them:',
  'paste.rules.counts':
    '{tables}; {chains, plural, one {# chain} other {# chains}}, {rules, plural, one {# rule} other {# rules}}.',
  'paste.rules.ipset-save': 'These are sets, as ipset save prints them:',
  'paste.sets.counts':
    '{sets, plural, one {# set} other {# sets}}, {entries, plural, one {# entry} other {# entries}}.',
  'paste.node': 'Of node',
  'paste.rules.into':
    'They become {file} and take the place of the computed ones; the steps that they decide are marked imported.',
  'paste.rules.again': 'They take the place of those in {file}; the editor can undo it.',
  'paste.rules.all': 'Every rule can be evaluated.',
  'paste.rules.unmodelled':
    '{count, plural, one {# part is not modelled} other {# parts are not modelled}}: a packet that meets one ends as not known, never as a success.',
  'paste.rules.has': '· {count, plural, one {# rule} other {# rules}}',
  'paste.line': 'line {line}',
  'paste.more': 'and {count, plural, one {# more} other {# more}}',
  'paste.wait': 'Put it in a file',
  'paste.apply': 'Apply',
  'paste.use': 'Use these rules',
  'paste.waiting': '{count, plural, one {# file more after this one} other {# files more after this one}}',
} as const
