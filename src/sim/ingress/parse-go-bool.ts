/** Reads a truth value as Go's strconv.ParseBool does, or gives undefined. Flags, ConfigMap keys and annotations are read with it. */
export function parseGoBool(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false
  return undefined
}
