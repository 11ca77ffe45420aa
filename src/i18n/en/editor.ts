/** English texts of the editor. ICU MessageFormat. */
export const editor = {
  'editor.label': 'Manifests',
  'editor.files': 'Files',
  'editor.text': 'Text of {file}',
  'editor.state.applied': 'applied',
  'editor.state.changed': 'changed',
  'editor.state.waiting': 'waiting',
  'editor.state.broken': '{count, plural, one {# problem} other {# problems}}',
  'editor.warnings': '{count, plural, one {# warning} other {# warnings}}',
  'editor.system': 'the cluster’s own',

  'editor.add': 'Add a file',
  'editor.paste': 'Paste…',
  'editor.add.name': 'Name of the new file',
  'editor.add.placeholder': 'web.yaml',
  'editor.add.create': 'Add',
  'editor.add.cancel': 'Cancel',
  'editor.add.empty': 'A file needs a name.',
  'editor.add.taken': 'There is a file of that name.',
  'editor.add.ending':
    'The name must end in .yaml, .yml or .json, or be NODE.iptables-save, NODE.ip6tables-save, NODE.ipset-save or NODE.nft for the rules of a real node.',
  'editor.add.letters': 'Letters, digits, dots, dashes and underscores only.',

  'editor.apply': 'Apply',
  'editor.discard': 'Discard my changes',
  'editor.delete': 'Delete its objects',
  'editor.delete.hint': 'kubectl delete -f {file}: the text stays here',
  'editor.patch': 'Patch {object}',
  'editor.patch.none': 'No object in the cluster fits this patch.',

  'editor.note.applied': 'Applied.',
  'editor.note.unkept':
    'This browser could not keep your text: it is gone when you leave. Copy it elsewhere.',
  'editor.note.waiting': 'Not in the cluster.',
  'editor.note.empty': 'Empty. Paste or write manifests here, then press Apply.',
  'editor.note.patch': 'A patch: a part of an object, to be laid over one that is in the cluster.',
  'editor.note.changed': 'Applied as you type, as soon as it can be.',
  'editor.note.problems': '{count, plural, one {# problem.} other {# problems.}}',
  'editor.note.broken': 'The cluster stays as it was before your edit.',
  'editor.note.step':
    '{count, plural, one {Line {lines} is behind the step that you are looking at.} other {Lines {lines} are behind the step that you are looking at.}}',

  'editor.problem.error': 'Error',
  'editor.problem.warning': 'Warning',
  'editor.problem.info': 'Note',
} as const
