/** The plainest of static hosts: files of a folder, under a path of its own, and nothing else. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

export interface StaticHost {
  /** Where the folder's `index.html` is, with the slash at the end. */
  readonly url: string
  /** Cuts the line: open connections too. */
  readonly close: () => Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Serves `folder` at `path`, which begins and ends with a slash, on a free port of this machine. */
export async function serveFolder(folder: string, path: string): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname
    const name = asked.endsWith('/') ? `${asked}index.html` : asked
    const file = join(folder, normalize(name.slice(path.length)))
    const found = name.startsWith(path) ? readFile(file) : Promise.reject(new Error('outside'))
    found.then(
      (bytes) => response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}${path}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
