/** Texts that are no manifests at all, told apart before or instead of a parser's complaint, each with a way out. */
import type { Diagnostic } from './diagnostic.ts'
import { rangesOf } from './text-position.ts'
import type { RangeOf } from './text-position.ts'

/** Longer texts are refused unread. A cluster's whole `kubectl get -A -o yaml` is seldom a tenth of it. */
const MAX_TEXT_LENGTH = 4_999_999

/** Gives what is wrong with a text as a whole, or undefined where it may be YAML or JSON. */
export function refuseText(file: string, text: string): Diagnostic | undefined {
  if (text.length > MAX_TEXT_LENGTH) return tooLarge(file, text.length)
  const control = text.search(binary)
  if (control >= 0) return notYaml(file, 'binary', rangesOf(text)(control, control + 1))
  const markup = /^\uFEFF?\s*<(!doctype|html|\?xml|head|body)/i.exec(text)
  if (markup !== null) return notYaml(file, 'html', rangesOf(text)(0, markup[0].length))
  return undefined
}

/** A file that is longer, or has more parts, than is read at one time. */
export function tooLarge(file: string, size: number): Diagnostic {
  const megabytes = (size / 1_000_000).toFixed(1)
  return {
    severity: 'error',
    code: 'file-too-large',
    values: { size, limit: MAX_TEXT_LENGTH },
    message: `The file is too large to read here: ${megabytes} million characters.`,
    file,
    hint: 'Cut it into several files of less than 5 MB, or take only the objects that matter to the request.',
  }
}

/**
 * The first unrendered placeholder of Helm, Jinja or the like, asked only where the text does not parse: in quotes and in block
 * scalars (a ConfigMap that holds a template) the same braces are fine.
 */
export function findTemplate(text: string, rangeOf: RangeOf, file: string): Diagnostic | undefined {
  const found = /\{\{[-~]?\s*[^\s{}][^{}\n]*\}\}|\{%[-~]?\s*\w[^%\n]*%\}/.exec(text)
  if (found === null) return undefined
  return notYaml(file, 'template', rangeOf(found.index, found.index + found[0].length))
}

/** A text that ends inside a quote or a bracket: `openedAt` is where that begins, `words` what go-yaml says. */
export function halfDocument(
  file: string,
  range: Diagnostic['range'],
  words: string,
  line: number,
): Diagnostic {
  const base = notYaml(file, 'half', range)
  return { ...base, values: { ...base.values, words, line } }
}

/** NUL and its like; U+FFFD is what a decoder leaves of bytes that are no text. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const binary = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/

const sentences = {
  binary: [
    'This is not text: it holds control characters.',
    'Open a YAML or JSON file, not an archive or a picture.',
  ],
  html: [
    'This is a web page, not a manifest.',
    'Take the raw file: on GitHub the button "Raw", elsewhere the download link.',
  ],
  template: [
    'This is a template that has not been rendered yet.',
    'Render it first, for instance with "helm template" or "kustomize build", and paste the result.',
  ],
  half: [
    'The text ends in the middle: a quote or a bracket is never closed.',
    'Close it, or copy the whole file once more.',
  ],
} as const

function notYaml(file: string, detail: keyof typeof sentences, range: Diagnostic['range']): Diagnostic {
  const [message, hint] = sentences[detail]
  return {
    severity: 'error',
    code: 'not-yaml',
    values: { detail },
    message,
    file,
    ...(range === undefined ? {} : { range }),
    hint,
  }
}
