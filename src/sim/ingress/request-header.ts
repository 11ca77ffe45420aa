/** Request headers as nginx's variables give them. */

export type Headers = readonly (readonly [name: string, value: string])[]

/** `$http_NAME`: without regard to case, `-` like `_`. */
export function readHeader(headers: Headers, name: string): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll('-', '_')
  return headers.find(([each]) => plain(each) === plain(name))?.[1]
}

/** `$cookie_NAME`: without regard to case (ngx_http_parse_multi_header_lines). */
export function readCookie(headers: Headers, name: string): string | undefined {
  if (name === '') return undefined
  for (const pair of (readHeader(headers, 'cookie') ?? '').split(';')) {
    const [, key = '', value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
    if (key.toLowerCase() === name.toLowerCase()) return value
  }
  return undefined
}
