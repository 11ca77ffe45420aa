/** Builds a measuring script as the page is built: what runs sources as they stand (`tsx`) wraps each function that a function makes. */
import { join } from 'node:path'
import { build } from 'vite'

const BUILT = 'node_modules/.cache/bench'

/** Bundles a script of this folder for Node, minified, with all that it imports. @returns its path */
export async function builtScript(name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: `src/proofs/${name}.ts`,
      target: 'es2023',
      minify: true,
      outDir: BUILT,
      emptyOutDir: false,
      copyPublicDir: false,
    },
  })
  return join(BUILT, `${name}.js`)
}
