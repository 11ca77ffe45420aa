/** English texts of the top bar, the layout, dialogs and keys. ICU MessageFormat. */
export const app = {
  'app.name': 'Podpath',
  'basis.computed': 'computed',
  'basis.computed.meaning': 'Worked out from the manifests, by the same arithmetic as the real component.',
  'basis.imported': 'imported',
  'basis.imported.meaning': 'Read from what was pasted.',
  'basis.assumed': 'assumed',
  'basis.assumed.meaning': 'A stated default: no manifest says it.',
  'basis.not-modelled': 'not modelled',
  'basis.not-modelled.meaning': 'Podpath does not evaluate this, so it does not know.',
} as const
