/** The editor's look, in the page's tokens: a theme changes without a new editor. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--role-edge)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--role-pod)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--text-faint)' },
  { tag: [tags.keyword, tags.meta, tags.typeName, tags.labelName], color: 'var(--role-dns)' },
])

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.62',
    fontVariantLigatures: 'none',
    overscrollBehavior: 'contain',
    containerType: 'inline-size',
  },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-number': { color: 'var(--role-nat)' },
  '.cm-number *': { color: 'inherit' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '1.5px' },
  '.cm-gutters': { backgroundColor: 'var(--surface-1)', color: 'var(--text-faint)', border: '0' },
  // The ground between number and text is the gutter's, so that text scrolled sideways ends before the numbers.
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '42px', padding: '0 8px 0 0' },
  '.cm-activeLineGutter:not(.cm-stepLine, .cm-problemLine)': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text)' },
  '.cm-selectionMatch, .cm-searchMatch': {
    backgroundColor: 'color-mix(in srgb, var(--role-focus) 24%, transparent)',
  },
  '.cm-searchMatch-selected': { outline: '1.5px solid var(--role-focus)' },
  '.cm-panels': { backgroundColor: 'var(--surface-2)', color: 'var(--text)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-textfield': {
    border: '1px solid var(--outline-control)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface-1)',
  },
  '.cm-button': {
    border: '1px solid var(--outline-control)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface-1)',
    backgroundImage: 'none',
    color: 'var(--text)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface-1)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow-float)',
  },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', fontFamily: 'var(--font-sans)', borderLeft: '0' },
  '.cm-stepLine': { backgroundColor: 'color-mix(in srgb, var(--phase) 14%, transparent)' },
  '.cm-gutterElement.cm-stepLine': { boxShadow: 'inset 3px 0 var(--phase)', color: 'var(--text)' },
  // Backgrounds and shadows go with forced colours; a border stays.
  '@media (forced-colors: active)': {
    '.cm-gutterElement.cm-stepLine': { borderLeft: '3px solid Highlight' },
  },
})

// CodeMirror draws its waves as images in fixed colours.
const problems = EditorView.theme({
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info': {
    textDecoration: 'underline wavy var(--problem) 1.5px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintRange-error, .cm-problemLine-error, .cm-problem': { '--problem': 'var(--role-drop)' },
  '.cm-lintRange-warning, .cm-problemLine-warning, .cm-problem[data-severity=warning]': {
    '--problem': 'var(--role-nat)',
  },
  '.cm-lintRange-info, .cm-problemLine-info, .cm-problem[data-severity=info]': {
    '--problem': 'var(--role-reply)',
  },
  '.cm-problemLine': { backgroundColor: 'color-mix(in srgb, var(--problem) 13%, transparent)' },
  '.cm-gutterElement.cm-problemLine': { boxShadow: 'inset 3px 0 var(--problem)', color: 'var(--text)' },
  '.cm-problem': {
    position: 'sticky',
    left: '12px',
    width: 'calc(100cqi - 70px)',
    padding: '7px 10px 8px',
    borderLeft: '3px solid var(--problem)',
    borderRadius: '0 8px 8px 0',
    background: 'color-mix(in srgb, var(--problem) 9%, var(--surface-1))',
    fontFamily: 'var(--font-sans)',
    fontSize: 'var(--size-text)',
    lineHeight: 'var(--line-height)',
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
  },
  '.cm-problemRow': { padding: '2px 12px 4px' },
  '.cm-problemHead': { color: 'var(--problem)', fontWeight: '600' },
  '.cm-problemSign': {
    display: 'inline-block',
    width: '11px',
    height: '11px',
    marginRight: '7px',
    backgroundColor: 'var(--problem)',
    clipPath: 'polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)',
  },
  '.cm-problem[data-severity=warning] .cm-problemSign': { clipPath: 'polygon(50% 0, 100% 100%, 0 100%)' },
  '.cm-problem[data-severity=info] .cm-problemSign': { clipPath: 'circle(50%)' },
  '.cm-problemHint': { color: 'var(--text-muted)' },
})

/** Look and colours of the text. */
export const theme: Extension = [look, problems, syntaxHighlighting(highlight)]
