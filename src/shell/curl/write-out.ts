/** curl's `-w`: a text with `%{fields}` (curl 7.88, tool_writeout.c). */

/** Values by field name; a field that is not here is left out and said, as curl does. */
export type WriteOutFields = Readonly<Record<string, string>>

/** The text with its fields and its `\n`, `\t`, `\r` filled in. `unknown` names what curl would complain of. */
export function expandWriteOut(
  format: string,
  fields: WriteOutFields,
): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown: string[] = []
  const text = format
    .replace(/%\{([^}]*)\}/g, (_whole, name: string) => {
      if (Object.hasOwn(fields, name)) return fields[name] ?? ''
      unknown.push(name)
      return ''
    })
    .replaceAll('%%', '%')
    .replace(/\\([nrt\\])/g, (_whole, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '\\')
  return { text, unknown }
}
