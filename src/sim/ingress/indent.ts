/** One tab before each line that is not empty. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '\t')
}
