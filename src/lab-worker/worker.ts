/** The Web Worker: a lab on the default scenario, behind a message port. */
import { expose } from 'comlink'
import { defaultLabState } from 'virtual:default-scenario'
import { createLabDoor } from './lab-door.ts'

const loadParser = async () => (await import('../sim/manifest/parse-file.ts')).parseFile

expose(createLabDoor(defaultLabState, loadParser))

// The parser is wanted at the first key in the editor. Until then the worker has nothing else to do once the page stands.
setTimeout(() => void loadParser(), 2000)
