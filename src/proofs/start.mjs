// `npm start`: installs what is missing, builds, serves the page and prints its address.
import { installPackages, root, run } from './install.mjs'

await installPackages()
await run('Building', 'npx', ['vite', 'build', '--logLevel', 'warn'])
const { preview } = await import('vite')
const server = await preview({ root, preview: { port: 4173 }, logLevel: 'warn' })
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4173/'
console.log(`\nPodpath is at ${address}\nEnd it with Ctrl-C.`)
